//! One limit for all connections together: what comes on top is refused at once, so that admitted requests stay quick.
//!
//! tonic's own limit counts per connection. Health and reflection stay outside, so that an overloaded server can be seen.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::body::Body;
use tonic::codegen::{BoxFuture, Service, http};
use tonic::server::NamedService;

use super::status;

/// A place among the requests served at once. Travels in the request's extensions; given back when the last copy goes.
#[derive(Clone)]
pub struct Admission {
    _permit: Arc<OwnedSemaphorePermit>,
}

/// A service that admits a request only while there is a place.
#[derive(Clone)]
pub struct Limited<S> {
    inner: S,
    permits: Arc<Semaphore>,
}

impl<S> Limited<S> {
    /// Limits a service; services that share `permits` share the limit.
    pub fn new(inner: S, permits: Arc<Semaphore>) -> Self {
        Self { inner, permits }
    }
}

impl<S: NamedService> NamedService for Limited<S> {
    const NAME: &'static str = S::NAME;
}

impl<S> Service<http::Request<Body>> for Limited<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Self::Response, Self::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() else {
            return Box::pin(async { Ok(status::overloaded().into_http()) });
        };
        // The copy in the extensions outlives this future: blocking work and streams end after it.
        request.extensions_mut().insert(Admission { _permit: Arc::new(permit) });
        Box::pin(self.inner.call(request))
    }
}
