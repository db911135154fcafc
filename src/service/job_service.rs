//! `JobService`: cleanse jobs, their input and their results.

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, Streaming, async_trait};

use super::admission::Admission;
use super::page_token::{self, List};
use super::proto::job_service_server::JobService;
use super::shell::{Answer, blocking};
use super::{convert, proto, status};
use crate::error::{Error, Result};
use crate::jobs::{Job, JobId, Jobs};

/// Bytes of a result in one message.
const CHUNK_BYTES: usize = 256 << 10;

/// Messages that wait for a client.
const CHUNKS_WAITING: usize = 4;

/// Implements the service; without jobs it refuses everything.
#[derive(Clone)]
pub struct JobShell(Option<Arc<Jobs>>);

impl JobShell {
    /// A shell around the jobs of a server.
    pub fn new(jobs: Option<Arc<Jobs>>) -> Self {
        Self(jobs)
    }

    fn jobs(&self) -> Result<Arc<Jobs>> {
        let off =
            || Error::precondition("CLEANSE_JOBS_OFF", "this server was started without a folder for cleanse jobs");
        self.0.clone().ok_or_else(off)
    }

    async fn call<Q, A>(&self, request: Request<Q>, work: fn(&Arc<Jobs>, Q) -> Result<A>) -> Answer<A>
    where
        Q: Send + 'static,
        A: Send + 'static,
    {
        let (_, mut extensions, message) = request.into_parts();
        let admission = extensions.remove::<Admission>();
        let jobs = self.jobs();
        let answer = blocking(move || {
            // A cancelled request gives its place back only when its work is over.
            let _admission = admission;
            work(&jobs?, message)
        });
        answer.await.map(Response::new)
    }
}

#[async_trait]
impl JobService for JobShell {
    type DownloadCleanseResultStream =
        ReceiverStream<std::result::Result<proto::DownloadCleanseResultResponse, Status>>;

    async fn create_cleanse_job(&self, request: Request<proto::CreateCleanseJobRequest>) -> Answer<proto::CleanseJob> {
        self.call(request, |jobs, request| {
            let options = request.options.ok_or_else(|| Error::invalid("options", "is missing"))?;
            out(jobs.create(&request.request_id, convert::job_options_in(options)?))
        })
        .await
    }

    async fn upload_cleanse_input(
        &self,
        request: Request<Streaming<proto::UploadCleanseInputRequest>>,
    ) -> Answer<proto::CleanseJob> {
        let jobs = self.jobs().map_err(|error| status::of_error(&error))?;
        let (_, mut extensions, mut messages) = request.into_parts();
        let _admission = extensions.remove::<Admission>();
        let missing = || status::of_error(&Error::invalid("name", "is missing: the stream is empty"));
        let mut message = messages.message().await?.ok_or_else(missing)?;
        let id = convert::job_id_in("name", &message.name).map_err(|error| status::of_error(&error))?;
        let begin = Arc::clone(&jobs);
        let mut upload = blocking(move || begin.upload(id)).await?;
        loop {
            // Nothing more is read before this is on its way to the disk.
            upload = blocking(move || {
                if !message.file_name.is_empty() {
                    upload.file(&message.file_name)?;
                }
                upload.add(&message.data)?;
                Ok(upload)
            })
            .await?;
            match messages.message().await? {
                Some(next) => message = next,
                None => break,
            }
        }
        blocking(move || out(jobs.uploaded(id, upload))).await.map(Response::new)
    }

    async fn get_cleanse_job(&self, request: Request<proto::GetCleanseJobRequest>) -> Answer<proto::CleanseJob> {
        self.call(request, |jobs, request| out(jobs.get(id_of(&request.name)?))).await
    }

    async fn list_cleanse_jobs(
        &self,
        request: Request<proto::ListCleanseJobsRequest>,
    ) -> Answer<proto::ListCleanseJobsResponse> {
        self.call(request, list).await
    }

    async fn cancel_cleanse_job(&self, request: Request<proto::CancelCleanseJobRequest>) -> Answer<proto::CleanseJob> {
        self.call(request, |jobs, request| out(jobs.cancel(id_of(&request.name)?, &request.etag))).await
    }

    async fn resume_cleanse_job(&self, request: Request<proto::ResumeCleanseJobRequest>) -> Answer<proto::CleanseJob> {
        self.call(request, |jobs, request| out(jobs.resume(id_of(&request.name)?, &request.etag))).await
    }

    async fn delete_cleanse_job(&self, request: Request<proto::DeleteCleanseJobRequest>) -> Answer<()> {
        self.call(request, |jobs, request| jobs.delete(id_of(&request.name)?, &request.etag, request.allow_missing))
            .await
    }

    async fn download_cleanse_result(
        &self,
        request: Request<proto::DownloadCleanseResultRequest>,
    ) -> Answer<Self::DownloadCleanseResultStream> {
        let jobs = self.jobs().map_err(|error| status::of_error(&error))?;
        let (_, mut extensions, request) = request.into_parts();
        let admission = extensions.remove::<Admission>();
        let path = blocking(move || jobs.result(id_of(&request.name)?, &request.file_name)).await?;
        let offset = u64::try_from(request.offset)
            .map_err(|_| status::of_error(&Error::invalid("offset", "is negative; 0 is the beginning")))?;
        let (chunks, stream) = mpsc::channel(CHUNKS_WAITING);
        tokio::task::spawn_blocking(move || {
            let _admission = admission;
            if let Err(error) = send(&path, offset, &chunks) {
                // Nobody is left to tell when this fails.
                let _ = chunks.blocking_send(Err(status::of_error(&error)));
            }
        });
        Ok(Response::new(ReceiverStream::new(stream)))
    }
}

type Chunks = mpsc::Sender<std::result::Result<proto::DownloadCleanseResultResponse, Status>>;

/// Sends a file from an offset on, as fast as the client reads.
fn send(path: &Path, offset: u64, chunks: &Chunks) -> Result<()> {
    let failed = |error| Error::read(path, error);
    let mut file = std::fs::File::open(path).map_err(failed)?;
    file.seek(SeekFrom::Start(offset)).map_err(failed)?;
    loop {
        let mut data = Vec::with_capacity(CHUNK_BYTES);
        std::io::Read::by_ref(&mut file).take(CHUNK_BYTES as u64).read_to_end(&mut data).map_err(failed)?;
        let done = data.is_empty();
        if done || chunks.blocking_send(Ok(proto::DownloadCleanseResultResponse { data })).is_err() {
            return Ok(());
        }
    }
}

fn list(jobs: &Arc<Jobs>, request: proto::ListCleanseJobsRequest) -> Result<proto::ListCleanseJobsResponse> {
    let list = List { name: "cleanseJobs", filter: "" };
    let page = list.page(request.page_size, &request.page_token)?;
    let after = page.after.as_deref().and_then(|key| key.try_into().ok()).map(|key| JobId(i64::from_be_bytes(key)));
    let found = jobs.list(after, page.limit);
    let key = |job: &Job| job.id.0.to_be_bytes().to_vec();
    let next = found.last().filter(|_| found.len() == page.limit).map(key);
    let items = found.into_iter().map(|job| (key(&job), convert::job_out(job))).collect();
    let (cleanse_jobs, next) = page_token::cut(items, next);
    Ok(proto::ListCleanseJobsResponse { cleanse_jobs, next_page_token: list.token(next.as_deref()) })
}

fn out(job: Result<Job>) -> Result<proto::CleanseJob> {
    job.map(convert::job_out)
}

fn id_of(name: &str) -> Result<JobId> {
    convert::job_id_in("name", name)
}
