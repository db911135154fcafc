//! `WatchProfiles`: the feed as a stream that stays open. The follower sets the pace; it waits for nothing but the disk.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tonic::Status;

use super::admission::Admission;
use super::page_token::List;
use super::{convert, proto, shell};
use crate::engine::Engine;
use crate::error::{Error, Result};

/// Commands read from the feed at a time.
const COMMANDS_PER_READ: usize = 256;
/// Changes that wait for the follower.
pub const WAITING_MAX: usize = 256;
/// How often an idle stream looks for news.
const POLL_MS: u64 = 20;

const TOKENS: List<'static> = List { name: "watchProfiles", filter: "" };

type Answers = mpsc::Sender<std::result::Result<proto::WatchProfilesResponse, Status>>;

/// Where a request starts: after which event of which command.
pub fn start(engine: &Engine, request: &proto::WatchProfilesRequest) -> Result<(u64, u32)> {
    if request.resume_token.is_empty() {
        return Ok(if request.from_now { engine.feed_end() } else { (0, 0) });
    }
    let foreign =
        || Error::invalid("resume_token", "is not a resume_token of WatchProfiles; leave it out to start anew");
    let page = TOKENS.page(0, &request.resume_token).map_err(|_| foreign())?;
    let key = page.after.ok_or_else(foreign)?;
    let (sequence, position) = key.split_at_checked(8).ok_or_else(foreign)?;
    let sequence = sequence.try_into().map_err(|_| foreign())?;
    let position = position.try_into().map_err(|_| foreign())?;
    Ok((u64::from_be_bytes(sequence), u32::from_be_bytes(position)))
}

fn token((sequence, position): (u64, u32)) -> String {
    TOKENS.token(Some(&[&sequence.to_be_bytes()[..], &position.to_be_bytes()].concat()))
}

/// Serves one follower until it goes, the server stops, or the changes that it asks for are no longer kept.
pub async fn run(
    engine: Arc<Engine>,
    mut position: (u64, u32),
    answers: Answers,
    mut stopping: watch::Receiver<bool>,
    admission: Option<Admission>,
) {
    // Held to the end: a stream counts as one request for as long as it lives.
    let _admission = admission;
    loop {
        let reader = Arc::clone(&engine);
        let followed = match shell::blocking(move || reader.follow(position, COMMANDS_PER_READ)).await {
            Ok(followed) => followed,
            Err(status) => {
                // Nobody is left to tell when this fails.
                let _ = answers.send(Err(status)).await;
                return;
            }
        };
        let idle = followed.events.is_empty();
        for (reached, event) in followed.events {
            position = reached;
            let answer = proto::WatchProfilesResponse {
                change: Some(convert::profile_event_out(&event)),
                resume_token: token(position),
            };
            tokio::select! {
                sent = answers.send(Ok(answer)) => if sent.is_err() { return },
                _ = stopping.wait_for(|stop| *stop) => return,
            }
        }
        if idle {
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(POLL_MS)) => {}
                () = answers.closed() => return,
                _ = stopping.wait_for(|stop| *stop) => return,
            }
        }
    }
}
