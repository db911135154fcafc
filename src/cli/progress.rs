//! Progress on stderr, and what every stage took: a bar on a terminal, plain lines where `--progress` asks for them, else nothing.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressStyle};

use crate::bulk::pipeline::Progress;
use crate::bulk::report::StageTime;

/// Seconds between two lines of progress off a terminal.
const LINE_SECONDS: u64 = 2;

/// Units between two looks at the clock.
const UNITS_PER_LOOK: u64 = 1_024;

/// How the bar shows itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Bar,
    Lines,
    Nothing,
}

/// Shows one bar a stage and keeps the times.
pub struct Bar {
    shown: Shown,
    done: AtomicU64,
    looked: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    bar: Option<ProgressBar>,
    running: Option<Running>,
    times: Vec<StageTime>,
}

struct Running {
    name: &'static str,
    total: u64,
    began: Instant,
    cpu: f64,
    line: Instant,
}

impl Bar {
    /// A bar that shows only on a terminal.
    pub fn new() -> Self {
        Self::with_lines(false)
    }

    /// A bar that shows on a terminal, and as lines off one where they are wanted.
    pub fn with_lines(lines: bool) -> Self {
        let shown = match (std::io::stderr().is_terminal(), lines) {
            (true, _) => Shown::Bar,
            (false, true) => Shown::Lines,
            (false, false) => Shown::Nothing,
        };
        Self { shown, done: AtomicU64::new(0), looked: AtomicU64::new(0), state: Mutex::new(State::default()) }
    }

    /// Ends the last stage.
    pub fn finish(&self) {
        if let Ok(mut state) = self.state.lock() {
            self.end(&mut state);
        }
    }

    /// What every stage that is over took, in the order in which they first ran.
    pub fn times(&self) -> Vec<StageTime> {
        self.state.lock().map(|state| state.times.clone()).unwrap_or_default()
    }

    fn end(&self, state: &mut State) {
        if let Some(bar) = state.bar.take() {
            bar.finish_and_clear();
        }
        let Some(running) = state.running.take() else { return };
        let (wall, cpu) = (running.began.elapsed().as_secs_f64(), (process_cpu_seconds() - running.cpu).max(0.0));
        if self.shown == Shown::Lines {
            eprintln!("guiyi: {}: {} in {wall:.1} s", running.name, HumanCount(running.total));
        }
        let known = state.times.iter().position(|time| time.stage == running.name);
        let place = known.unwrap_or(state.times.len());
        if known.is_none() {
            state.times.push(StageTime { stage: running.name, ..StageTime::default() });
        }
        if let Some(time) = state.times.get_mut(place) {
            time.units += running.total;
            time.cpu_seconds += cpu;
            time.wall_seconds += wall;
        }
    }

    /// A line now and then: stage, share, rate, remaining time.
    fn line(&self) {
        let done = self.done.load(Ordering::Relaxed);
        let Ok(mut state) = self.state.lock() else { return };
        let Some(running) = state.running.as_mut() else { return };
        if running.line.elapsed() < Duration::from_secs(LINE_SECONDS) {
            return;
        }
        running.line = Instant::now();
        eprintln!("guiyi: {}", line(running.name, done, running.total, running.began.elapsed()));
    }
}

/// `compare: 1,200 of 5,000 (24 %), 600 a second, 6 seconds left`.
fn line(name: &str, done: u64, total: u64, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64().max(0.001);
    let rate = done as f64 / seconds;
    if total == 0 {
        return format!("{name}: {}", HumanCount(done));
    }
    if done == 0 {
        return format!("{name}: 0 of {}", HumanCount(total));
    }
    let left = Duration::from_secs_f64((total.saturating_sub(done) as f64 / rate).min(1e9));
    format!(
        "{name}: {} of {} ({} %), {} a second, {} left",
        HumanCount(done),
        HumanCount(total),
        100 * done / total.max(1),
        HumanCount(rate as u64),
        HumanDuration(left)
    )
}

impl Progress for Bar {
    fn stage(&self, name: &'static str, total: u64) {
        let Ok(mut state) = self.state.lock() else { return };
        self.end(&mut state);
        self.done.store(0, Ordering::Relaxed);
        self.looked.store(0, Ordering::Relaxed);
        let now = Instant::now();
        state.running = Some(Running { name, total, began: now, cpu: process_cpu_seconds(), line: now });
        if self.shown == Shown::Lines {
            eprintln!("guiyi: {}", line(name, 0, total, Duration::ZERO));
        }
        if self.shown == Shown::Bar {
            let bar = ProgressBar::new(total);
            let template = "{msg:10} [{bar:32}] {human_pos}/{human_len} {per_sec} {eta}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.progress_chars("=> "));
            }
            bar.set_message(name);
            state.bar = Some(bar);
        }
    }

    fn advance(&self, done: u64) {
        if self.shown == Shown::Nothing {
            return;
        }
        let now = self.done.fetch_add(done, Ordering::Relaxed) + done;
        let looked = self.looked.load(Ordering::Relaxed);
        if now < looked + UNITS_PER_LOOK
            || self.looked.compare_exchange(looked, now, Ordering::Relaxed, Ordering::Relaxed).is_err()
        {
            return;
        }
        match self.shown {
            Shown::Bar => {
                if let Ok(state) = self.state.lock()
                    && let Some(bar) = state.bar.as_ref()
                {
                    bar.set_position(now);
                }
            }
            Shown::Lines => self.line(),
            Shown::Nothing => {}
        }
    }
}

/// Clock ticks a second in `/proc`: 100 on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

/// CPU-seconds of this process so far, and of its children that ended; 0 where the system does not tell.
pub fn process_cpu() -> (f64, f64) {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, in brackets, may hold blanks.
    let fields: Vec<f64> = text
        .rsplit_once(')')
        .map(|(_, rest)| rest.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect())
        .unwrap_or_default();
    let ticks = |at: usize| fields.get(at).copied().unwrap_or(0.0);
    ((ticks(11) + ticks(12)) / TICKS_PER_SECOND, (ticks(13) + ticks(14)) / TICKS_PER_SECOND)
}

fn process_cpu_seconds() -> f64 {
    process_cpu().0
}

/// The most memory that this process has held, in bytes; 0 where the system does not tell.
pub fn peak_bytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).map_or(0, |kib| kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_share_rate_and_remaining_time() {
        let text = line("compare", 1_200, 5_000, Duration::from_secs(2));
        assert_eq!(text, "compare: 1,200 of 5,000 (24 %), 600 a second, 6 seconds left");
        assert_eq!(line("read", 0, 0, Duration::from_secs(2)), "read: 0");
    }

    #[test]
    fn stages_of_one_name_add_up_in_the_order_of_their_first_run() {
        let bar = Bar::new();
        for (name, total) in [("block", 3), ("compare", 7), ("block", 4)] {
            bar.stage(name, total);
            bar.advance(total);
        }
        bar.finish();
        let times: Vec<(&str, u64)> = bar.times().iter().map(|time| (time.stage, time.units)).collect();
        assert_eq!(times, [("block", 7), ("compare", 7)]);
    }
}
