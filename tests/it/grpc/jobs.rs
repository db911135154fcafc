//! Cleanse jobs: the same results as the program's, whatever happens to the server meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use guiyi::jobs::JobSettings;
use guiyi::service::ServiceOptions;
use guiyi::service::proto::cleanse_job::State;
use guiyi::service::proto::cleanse_options::GoldenFormat;
use guiyi::service::proto::job_service_client::JobServiceClient;
use guiyi::service::proto::{
    CancelCleanseJobRequest, CleanseJob, CleanseOptions, CreateCleanseJobRequest, DeleteCleanseJobRequest,
    DownloadCleanseResultRequest, GetCleanseJobRequest, ListCleanseJobsRequest, ResumeCleanseJobRequest,
    UploadCleanseInputRequest,
};
use guiyi::store::memory::MemoryStore;
use tonic::transport::Channel;
use tonic::{Code, Status};

use super::server::{TestServer, assert_invalid, assert_refused};
use crate::support::{fixture, guiyi, text};

/// A server with a folder of jobs and one of inputs.
struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("inputs")).unwrap();
        std::fs::copy(sample(), folder.path().join("inputs/customers.csv")).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn settings(&self) -> JobSettings {
        JobSettings {
            folder: self.path("jobs"),
            program: env!("CARGO_BIN_EXE_guiyi").into(),
            input_folder: Some(self.path("inputs")),
            upload_bytes_max: 1 << 20,
            threads: 2,
        }
    }

    async fn serve(&self) -> TestServer {
        let options = ServiceOptions { jobs: Some(self.settings()), ..ServiceOptions::default() };
        TestServer::start_with(Arc::new(MemoryStore::default()), options).await
    }

    /// What the program itself makes of a file.
    fn expected(&self, input: &Path, name: &str) -> Vec<u8> {
        let out = self.path("expected");
        let (input, out_text) = (input.to_string_lossy(), out.to_string_lossy());
        let form = if name.ends_with(".xlsx") { "xlsx" } else { "csv" };
        let done = guiyi(&["cleanse", &input, "--source", "sample", "--out", &out_text, "--format", form], "");
        assert!(done.status.success(), "{}", text(&done.stderr));
        std::fs::read(out.join(name)).unwrap()
    }
}

fn sample() -> PathBuf {
    fixture("sample/customers.csv")
}

fn client(server: &TestServer) -> JobServiceClient<Channel> {
    JobServiceClient::new(server.channel.clone())
}

fn options(input_files: &[&str]) -> CleanseOptions {
    let input_files = input_files.iter().map(|file| (*file).to_owned()).collect();
    CleanseOptions { input_files, source_mapping: "sample".to_owned(), ..CleanseOptions::default() }
}

async fn create(server: &TestServer, request_id: &str, options: CleanseOptions) -> Result<CleanseJob, Status> {
    let request = CreateCleanseJobRequest { options: Some(options), request_id: request_id.to_owned() };
    client(server).create_cleanse_job(request).await.map(tonic::Response::into_inner)
}

async fn upload(server: &TestServer, messages: Vec<UploadCleanseInputRequest>) -> Result<CleanseJob, Status> {
    let stream = tokio_stream::iter(messages);
    client(server).upload_cleanse_input(stream).await.map(tonic::Response::into_inner)
}

/// A file in messages of some bytes each.
fn file(job: &str, file_name: &str, bytes: &[u8]) -> Vec<UploadCleanseInputRequest> {
    let mut messages =
        vec![UploadCleanseInputRequest { name: job.to_owned(), file_name: file_name.to_owned(), data: Vec::new() }];
    messages.extend(
        bytes.chunks(1_000).map(|data| UploadCleanseInputRequest { data: data.to_vec(), ..Default::default() }),
    );
    messages
}

async fn get(server: &TestServer, name: &str) -> CleanseJob {
    client(server).get_cleanse_job(GetCleanseJobRequest { name: name.to_owned() }).await.unwrap().into_inner()
}

/// Waits until a job is in a state that satisfies.
async fn wait(server: &TestServer, name: &str, wanted: impl Fn(State) -> bool) -> CleanseJob {
    for _ in 0..6_000 {
        let job = get(server, name).await;
        if wanted(job.state()) {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the job stays as it is: {:?}", get(server, name).await);
}

/// The stages that a job names on its way to its end.
async fn stages(server: &TestServer, name: &str) -> Vec<String> {
    let mut stages: Vec<String> = Vec::new();
    for _ in 0..60_000 {
        let job = get(server, name).await;
        if over(job.state()) {
            return stages;
        }
        let stage = job.progress.map(|progress| progress.stage).filter(|stage| !stage.is_empty());
        stages.extend(stage.filter(|stage| stages.last() != Some(stage)));
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("the job stays as it is: {:?}", get(server, name).await);
}

fn over(state: State) -> bool {
    matches!(state, State::Succeeded | State::Failed)
}

async fn download(server: &TestServer, name: &str, file_name: &str, offset: i64) -> Result<Vec<u8>, Status> {
    let request = DownloadCleanseResultRequest { name: name.to_owned(), file_name: file_name.to_owned(), offset };
    let mut stream = client(server).download_cleanse_result(request).await?.into_inner();
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.message().await? {
        bytes.extend(chunk.data);
    }
    Ok(bytes)
}

#[tokio::test]
async fn an_uploaded_file_is_cleansed_as_the_program_would() {
    let site = Site::new();
    let server = site.serve().await;
    let job = create(&server, "r1", options(&[])).await.unwrap();
    assert_eq!(job.state(), State::WaitingForInput);
    assert_eq!(create(&server, "r1", options(&[])).await.unwrap(), job, "the same request makes no second job");
    assert_invalid(create(&server, "r1", options(&["customers.csv"])).await, "request_id");

    let bytes = std::fs::read(sample()).unwrap();
    // A stream that fails leaves nothing behind, so that the next one begins anew.
    let mut broken = file(&job.name, "half.csv", &bytes[..500]);
    broken.push(UploadCleanseInputRequest { data: vec![b'x'; 2 << 20], ..Default::default() });
    assert_invalid(upload(&server, broken).await, "data");
    assert_invalid(upload(&server, file(&job.name, "", &bytes)).await, "file_name");
    assert_invalid(upload(&server, file(&job.name, "", b"")).await, "file_name");
    let queued = upload(&server, file(&job.name, "../../customers.csv", &bytes)).await.unwrap();
    assert_ne!(queued.etag, job.etag);
    let again = upload(&server, file(&job.name, "customers.csv", &bytes)).await;
    assert_refused(again, Code::FailedPrecondition, "CLEANSE_JOB_HAS_INPUT");

    let stages = stages(&server, &job.name).await;
    assert!(["prepare", "compare"].iter().any(|stage| stages.iter().any(|seen| seen == stage)), "{stages:?}");
    let done = wait(&server, &job.name, over).await;
    assert_eq!((done.state(), done.error.as_str()), (State::Succeeded, ""));
    let summary = done.summary.unwrap();
    assert!(summary.record_count > 100 && summary.profile_count < summary.record_count && summary.gate_passed);
    assert!(done.end_time.unwrap().seconds >= done.start_time.unwrap().seconds);
    for name in ["crosswalk.csv", "golden.csv", "review.csv", "findings.csv"] {
        let expected = site.expected(&sample(), name);
        assert_eq!(download(&server, &job.name, name, 0).await.unwrap(), expected, "{name}");
        assert_eq!(download(&server, &job.name, name, 10).await.unwrap(), expected[10..], "{name}");
        let told = done.results.iter().find(|result| result.file_name == name).unwrap();
        assert_eq!(told.size_bytes, i64::try_from(expected.len()).unwrap());
    }
    for secret in ["../job.json", "job.json", "/etc/passwd", ""] {
        assert_refused(download(&server, &job.name, secret, 0).await, Code::NotFound, "NOT_FOUND");
    }

    // The ids of a former job are kept, and what a gate does not let pass is said.
    let next = CleanseOptions {
        previous_job: job.name.clone(),
        gate: "validity(phone) >= 1.0".to_owned(),
        ..options(&["customers.csv"])
    };
    let next = create(&server, "", next).await.unwrap();
    let next = wait(&server, &next.name, over).await;
    assert_eq!((next.state(), next.error.as_str()), (State::Succeeded, ""));
    assert!(!next.summary.unwrap().gate_passed);
    let crosswalk = download(&server, &next.name, "crosswalk.csv", 0).await.unwrap();
    assert_eq!(crosswalk, site.expected(&sample(), "crosswalk.csv"));

    let mut jobs = client(&server);
    let list = |page_size, page_token| ListCleanseJobsRequest { page_size, page_token };
    let page = jobs.list_cleanse_jobs(list(1, String::new())).await.unwrap().into_inner();
    assert_eq!(page.cleanse_jobs[0].name, job.name);
    let page = jobs.list_cleanse_jobs(list(5, page.next_page_token)).await.unwrap().into_inner();
    assert_eq!((page.cleanse_jobs.len(), page.cleanse_jobs[0].name.as_str()), (1, next.name.as_str()));
    let delete = |etag: &str, allow_missing| DeleteCleanseJobRequest {
        name: job.name.clone(),
        etag: etag.to_owned(),
        allow_missing,
        ..Default::default()
    };
    assert_refused(jobs.delete_cleanse_job(delete("\"1\"", false)).await, Code::Aborted, "ETAG_MISMATCH");
    jobs.delete_cleanse_job(delete(&done.etag, false)).await.unwrap();
    jobs.delete_cleanse_job(delete("", true)).await.unwrap();
    assert_refused(jobs.delete_cleanse_job(delete("", false)).await, Code::NotFound, "NOT_FOUND");
    assert!(!site.path("jobs").join(job.name.trim_start_matches("cleanseJobs/")).exists());
    server.stop().await.unwrap();
}

#[tokio::test]
async fn what_would_fail_later_is_refused_at_once() {
    let site = Site::new();
    let server = site.serve().await;
    let given = |change: &dyn Fn(&mut CleanseOptions)| {
        let mut options = options(&["customers.csv"]);
        change(&mut options);
        options
    };
    let wrong: [(&str, CleanseOptions); 10] = [
        ("options.mapping_toml", given(&|o| o.source_mapping.clear())),
        ("options.mapping_toml", given(&|o| o.mapping_toml = "record_id = \"id\"".to_owned())),
        (
            "options.mapping_toml",
            given(&|o| {
                o.source_mapping.clear();
                o.mapping_toml = "nothing".to_owned();
            }),
        ),
        ("options.source_mapping", given(&|o| o.source_mapping = "sampel".to_owned())),
        ("options.model", given(&|o| o.model = "../model.toml".to_owned())),
        ("options.model", given(&|o| o.model = "default-xx@1".to_owned())),
        ("options.gate", given(&|o| o.gate = "nonsense".to_owned())),
        ("options.change_share_max", given(&|o| o.change_share_max = Some(0.1))),
        ("options.previous_job", given(&|o| o.previous_job = "jobs/1".to_owned())),
        ("options.input_files", given(&|o| o.input_files = vec!["../jobs".to_owned()])),
    ];
    for (field, options) in wrong {
        assert_invalid(create(&server, "", options).await, field);
    }
    let unknown = given(&|o| o.previous_job = "cleanseJobs/j000000000000000f".to_owned());
    assert_refused(create(&server, "", unknown).await, Code::NotFound, "NOT_FOUND");

    // What only the file itself can tell fails the job, which says why in terms of its own files.
    std::fs::write(site.path("inputs/strange.csv"), "a,b\n1,2\n").unwrap();
    let job = create(&server, "", options(&["strange.csv"])).await.unwrap();
    let failed = wait(&server, &job.name, over).await;
    assert_eq!(failed.state(), State::Failed);
    assert!(failed.error.contains("column"), "{}", failed.error);
    assert!(!failed.error.contains(&*site.path("jobs").to_string_lossy()), "{}", failed.error);
    server.stop().await.unwrap();

    let without = TestServer::start().await;
    assert_refused(create(&without, "", options(&[])).await, Code::FailedPrecondition, "CLEANSE_JOBS_OFF");
    without.stop().await.unwrap();
}

#[tokio::test]
async fn a_job_gives_workbooks_where_they_are_asked_for() {
    let site = Site::new();
    let server = site.serve().await;
    let wanted = CleanseOptions { golden_format: GoldenFormat::Xlsx.into(), ..options(&["customers.csv"]) };
    let job = create(&server, "", wanted).await.unwrap();
    assert_eq!(job.options.unwrap().golden_format(), GoldenFormat::Xlsx);
    let done = wait(&server, &job.name, over).await;
    assert_eq!((done.state(), done.error.as_str()), (State::Succeeded, ""));
    assert!(done.results.iter().all(|result| result.file_name != "golden.csv"));
    for name in ["golden.xlsx", "review.xlsx"] {
        let expected = site.expected(&sample(), name);
        assert!(download(&server, &job.name, name, 0).await.unwrap() == expected, "{name} differs");
    }
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_job_survives_cancelling_and_the_end_of_the_server() {
    let site = Site::new();
    // Long enough to be met at work.
    let synth = site.path("synth");
    let synth_text = synth.to_string_lossy();
    assert!(guiyi(&["synth", "--records", "4000", "--seed", "5", "--out", &synth_text], "").status.success());
    std::fs::copy(synth.join("customers.csv"), site.path("inputs/many.csv")).unwrap();
    let mapping = std::fs::read_to_string(synth.join("mapping.toml")).unwrap();
    let wanted = CleanseOptions { source_mapping: String::new(), mapping_toml: mapping, ..options(&["many.csv"]) };

    let server = site.serve().await;
    let job = create(&server, "", wanted.clone()).await.unwrap();
    let behind = create(&server, "", options(&["customers.csv"])).await.unwrap();
    wait(&server, &job.name, |state| state == State::Running).await;
    assert_eq!(get(&server, &behind.name).await.state(), State::Queued, "one job runs at a time");
    let mut jobs = client(&server);
    let cancel = CancelCleanseJobRequest { name: job.name.clone(), ..Default::default() };
    let cancelled = jobs.cancel_cleanse_job(cancel.clone()).await.unwrap().into_inner();
    assert_eq!(cancelled.state(), State::Cancelled);
    assert_eq!(jobs.cancel_cleanse_job(cancel).await.unwrap().into_inner(), cancelled);
    wait(&server, &behind.name, over).await;
    assert_eq!(get(&server, &job.name).await.state(), State::Cancelled);

    let resume = ResumeCleanseJobRequest { name: job.name.clone(), ..Default::default() };
    let resumed = jobs.resume_cleanse_job(resume.clone()).await.unwrap().into_inner();
    assert!(matches!(resumed.state(), State::Queued | State::Running));
    wait(&server, &job.name, |state| state == State::Running).await;
    server.stop().await.unwrap();

    // The next server goes on.
    let server = site.serve().await;
    let done = wait(&server, &job.name, over).await;
    assert_eq!((done.state(), done.error.as_str()), (State::Succeeded, ""));
    let out = site.path("undisturbed");
    let (mapping, out_text) = (synth.join("mapping.toml"), out.to_string_lossy());
    let (input, mapping) = (site.path("inputs/many.csv"), mapping.to_string_lossy());
    let run = guiyi(&["cleanse", &input.to_string_lossy(), "--mapping", &mapping, "--out", &out_text], "");
    assert!(run.status.code().is_some_and(|code| code == 0 || code == 3), "{}", text(&run.stderr));
    for name in ["crosswalk.csv", "golden.csv", "review.csv", "model.toml"] {
        let expected = std::fs::read(out.join(name)).unwrap();
        assert!(download(&server, &job.name, name, 0).await.unwrap() == expected, "{name} differs");
    }
    let cancel = CancelCleanseJobRequest { name: job.name, ..Default::default() };
    let ended = client(&server).cancel_cleanse_job(cancel).await;
    assert_refused(ended, Code::FailedPrecondition, "CLEANSE_JOB_ENDED");
    server.stop().await.unwrap();
}
