//! `guiyi evaluate`: how good a clustering is.

use super::args::Evaluate;
use super::{ExitStatus, print};
use crate::bulk::evaluate::{evaluate, read_clustering};
use crate::error::{Error, Result};

/// Runs the subcommand.
pub fn run(args: &Evaluate) -> Result<ExitStatus> {
    let figures = evaluate(&read_clustering(&args.clusters)?, &read_clustering(&args.truth)?);
    if args.json {
        let json = serde_json::to_string(&figures).map_err(|error| Error::config("evaluation", error.to_string()))?;
        print(&format!("{json}\n"))?;
        return Ok(ExitStatus::Ok);
    }
    let score = |name: &str, s: &crate::bulk::evaluate::Score| {
        format!("{name:<16}precision {:.4}  recall {:.4}  F1 {:.4}\n", s.precision, s.recall, s.f1)
    };
    print(&format!(
        "{}{}{:<16}{} true, {} found, {} exactly right\n{:<16}{} true, {} found, {} correct\n{:<16}{} in the truth, {} not clustered\n",
        score("pairwise", &figures.pairwise),
        score("B-cubed", &figures.b_cubed),
        "clusters",
        figures.true_clusters,
        figures.found_clusters,
        figures.exact_clusters,
        "pairs",
        figures.true_pairs,
        figures.found_pairs,
        figures.correct_pairs,
        "records",
        figures.records,
        figures.records_missing,
    ))?;
    Ok(ExitStatus::Ok)
}
