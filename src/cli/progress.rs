//! A progress bar on stderr; silent off a terminal.

use std::io::IsTerminal;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use crate::bulk::pipeline::Progress;

/// Shows one bar a stage.
pub struct Bar {
    shown: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Bar {
    /// A bar that shows only on a terminal.
    pub fn new() -> Self {
        Self { shown: std::io::stderr().is_terminal(), bar: Mutex::new(None) }
    }

    /// Removes the last stage's bar.
    pub fn finish(&self) {
        self.replace(None);
    }

    fn replace(&self, next: Option<ProgressBar>) {
        if let Ok(mut bar) = self.bar.lock() {
            if let Some(old) = bar.take() {
                old.finish_and_clear();
            }
            *bar = next;
        }
    }
}

impl Progress for Bar {
    fn stage(&self, name: &'static str, total: u64) {
        if !self.shown {
            return;
        }
        let bar = ProgressBar::new(total);
        if let Ok(style) = ProgressStyle::with_template("{msg:10} [{bar:32}] {human_pos}/{human_len} {per_sec} {eta}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(name);
        self.replace(Some(bar));
    }

    fn advance(&self, done: u64) {
        if !self.shown {
            return;
        }
        if let Ok(bar) = self.bar.lock()
            && let Some(bar) = bar.as_ref()
        {
            bar.inc(done);
        }
    }
}
