//! What every handler needs: the engine, and a thread on which it may block.

use std::sync::Arc;

use tokio::sync::{oneshot, watch};
use tonic::{Request, Response, Status};

use super::admission::Admission;
use super::status;
use crate::engine::{Engine, Intake};
use crate::error;

/// What a handler answers.
pub type Answer<A> = Result<Response<A>, Status>;

/// Implements every service.
#[derive(Clone)]
pub struct Shell {
    intake: Arc<Intake>,
    stopping: watch::Receiver<bool>,
}

impl Shell {
    /// A shell around an engine and what takes records into it.
    pub fn new(intake: Arc<Intake>, stopping: watch::Receiver<bool>) -> Self {
        Self { intake, stopping }
    }

    /// Becomes true when the server stops: streams without an end of their own end then.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.clone()
    }

    /// The engine, for streams that follow it.
    pub fn engine(&self) -> Arc<Engine> {
        Arc::clone(self.intake.engine())
    }

    /// What takes records in, for streams of them.
    pub fn intake(&self) -> Arc<Intake> {
        Arc::clone(&self.intake)
    }

    /// Runs a request that changes nothing.
    pub async fn read<Q, A>(&self, request: Request<Q>, work: fn(&Engine, Q) -> error::Result<A>) -> Answer<A>
    where
        Q: Send + 'static,
        A: Send + 'static,
    {
        let engine = self.engine();
        answered(request, move |message| work(&engine, message)).await
    }

    /// Runs a request that may write; a read-only engine refuses it.
    pub async fn write<Q, A>(&self, request: Request<Q>, work: fn(&Engine, Q) -> error::Result<A>) -> Answer<A>
    where
        Q: Send + 'static,
        A: Send + 'static,
    {
        if self.intake.engine().is_read_only() {
            return Err(status::read_only());
        }
        self.read(request, work).await
    }

    /// Runs a request that brings or takes records; a read-only engine refuses it.
    pub async fn take_in<Q, A>(&self, request: Request<Q>, work: fn(&Intake, Q) -> error::Result<A>) -> Answer<A>
    where
        Q: Send + 'static,
        A: Send + 'static,
    {
        if self.intake.engine().is_read_only() {
            return Err(status::read_only());
        }
        let intake = self.intake();
        answered(request, move |message| work(&intake, message)).await
    }

    /// The same of a single command, which `begin` puts in the queue: no thread waits until it is on disk. Gives what `begin` gave, and the answer.
    pub async fn submit<Q, K, B>(
        &self,
        request: Request<Q>,
        begin: fn(&Intake, Q, Tell<B>) -> error::Result<K>,
    ) -> Result<(K, B), Status>
    where
        Q: Send + 'static,
        K: Send + 'static,
        B: Send + 'static,
    {
        if self.intake.engine().is_read_only() {
            return Err(status::read_only());
        }
        let (_, mut extensions, message) = request.into_parts();
        let admission = extensions.remove::<Admission>();
        let (tell, told) = oneshot::channel();
        let tell = move |answer| {
            // A cancelled request gives its place back only when its work is over.
            drop(admission);
            drop(tell.send(answer));
        };
        let intake = self.intake();
        let kept = blocking(move || begin(&intake, message, Box::new(tell))).await?;
        let answer = told.await.map_err(|_| status::panicked())?;
        Ok((kept, answer.map_err(|error| status::of_error(&error))?))
    }
}

/// Hears what became of a command.
pub type Tell<B> = Box<dyn FnOnce(error::Result<B>) + Send>;

async fn answered<Q, A>(request: Request<Q>, work: impl FnOnce(Q) -> error::Result<A> + Send + 'static) -> Answer<A>
where
    Q: Send + 'static,
    A: Send + 'static,
{
    let (_, mut extensions, message) = request.into_parts();
    let admission = extensions.remove::<Admission>();
    let answer = blocking(move || {
        // A cancelled request gives its place back only when its work is over.
        let _admission = admission;
        work(message)
    });
    answer.await.map(Response::new)
}

/// Runs work that blocks (locks, disk, computing) beside the async threads.
pub async fn blocking<A: Send + 'static>(
    work: impl FnOnce() -> error::Result<A> + Send + 'static,
) -> Result<A, Status> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result.map_err(|error| status::of_error(&error)),
        Err(_) => Err(status::panicked()),
    }
}
