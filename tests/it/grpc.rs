//! The gRPC services, in process, through the generated clients.

mod contract;
mod records;
mod review;
mod server;
mod upserts;

pub use server::record_message;
