//! How a profile comes together, as text and as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::bulk::explain::Assembly;
use crate::cli::args::Language;
use crate::domain::cluster::linkage::Merge;
use crate::domain::compare;
use crate::domain::id::{RecordHandle, RecordPair};
use crate::domain::model::MatchModel;
use crate::domain::record::PreparedRecord;

/// What is to be shown of a profile.
pub struct Shown<'a> {
    /// The match model.
    pub model: &'a MatchModel,
    /// All records, ascending by handle.
    pub records: &'a [PreparedRecord],
    /// The record that was asked about.
    pub record: String,
    /// How its cluster came together.
    pub assembly: &'a Assembly,
}

impl Shown<'_> {
    fn name(&self, handle: RecordHandle) -> String {
        let position = self.records.binary_search_by_key(&handle, |record| record.key.handle()).ok();
        position.and_then(|position| self.records.get(position)).map(|r| r.key.to_string()).unwrap_or_default()
    }

    fn names(&self, handles: &[RecordHandle]) -> Vec<String> {
        let mut names: Vec<String> = handles.iter().map(|handle| self.name(*handle)).collect();
        names.sort_unstable();
        names
    }

    fn pair(&self, pair: RecordPair) -> Vec<String> {
        self.names(&[pair.low(), pair.high()])
    }

    /// As text.
    pub fn to_text(&self, lang: Language) -> String {
        let Assembly { members, merges, judgements, kept_out, cut_to_limit } = self.assembly;
        let (records, steps) = (members.len(), merges.len());
        let mut text = format!("{}   ({})\n", self.record, self.model.version);
        let zh = format!("该客户共 {records} 条记录，{steps} 次合并，合并阈值 {}", self.model.thresholds.merge);
        let en = format!("{records} records, {steps} merges, clusters merge from {}", self.model.thresholds.merge);
        let _ = writeln!(text, "{}\n{}\n", lang.say(&zh, &en), self.names(members).join(", "));
        for (number, merge) in merges.iter().enumerate() {
            text.push_str(&self.merge_text(number + 1, merge, lang));
        }
        for (pair, verdict) in judgements {
            let code = verdict.code();
            let said = lang.say(&format!("人工判定 {code}"), &format!("judged {code} by a person"));
            let _ = writeln!(text, "{}: {said}", self.pair(*pair).join(" – "));
        }
        if *kept_out > 0 {
            let zh = format!("连在一起、但聚类未并入的记录：{kept_out} 条");
            let en = format!("{kept_out} further records hang together with these, and clustering kept them out");
            let _ = writeln!(text, "{}", lang.say(&zh, &en));
        }
        if *cut_to_limit {
            let zh = "受上限约束：连通分量过大而先按逐级提高的阈值切开，或合并后的客户记录数会超过上限";
            let en = "a limit shaped this: the component was cut at rising thresholds first, or a merge would have made too large a profile";
            let _ = writeln!(text, "{}", lang.say(zh, en));
        }
        text
    }

    fn merge_text(&self, number: usize, merge: &Merge, lang: Language) -> String {
        let [left, right] = merge.clusters.each_ref().map(|cluster| self.names(cluster).join(", "));
        let mut text = format!("{number:>3}. {:>8}  [{left}]  +  [{right}]\n", merge.weight.to_string());
        if let Some(pair) = merge.judged {
            let pair = self.pair(pair).join(" – ");
            let said = lang.say(&format!("由人工判定合并：{pair}"), &format!("joined by a person's word: {pair}"));
            let _ = writeln!(text, "               {said}");
        }
        if let (Some((pair, weight)), true) = (merge.strongest, merge.clusters.iter().any(|c| c.len() > 1)) {
            let pair = self.pair(pair).join(" – ");
            let said = lang.say(&format!("最强的一对 {pair}：{weight}"), &format!("strongest pair {pair}: {weight}"));
            let _ = writeln!(text, "               {said}");
        }
        let means = merge.means.iter().map(|mean| {
            let (code, zh) = comparator(mean.comparator);
            let name = match lang {
                Language::ZhCn => zh,
                Language::En | Language::Both => code,
            };
            let pairs = (mean.pairs != 1).then(|| format!("÷{}", mean.pairs));
            let repeated = mean
                .repeated
                .then(|| lang.say("两边各自重复不同的值", "each side repeats a value that the other never has"));
            let notes: Vec<String> = pairs.into_iter().chain(repeated).collect();
            let pairs = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
            format!("{name} {}{pairs}", mean.weight)
        });
        let mut parts: Vec<String> = vec![format!("{} {}", lang.say("先验", "prior"), self.model.priors.matching)];
        parts.extend(means);
        if merge.relation_weight.0 != 0 {
            parts.push(format!("{} {}", lang.say("关系", "relation"), merge.relation_weight));
        }
        if let Some(position) = merge.sole_evidence {
            let (code, zh) = comparator(position);
            let zh = format!("只有{zh}支持合并（连同随之而来的信息），单凭这一项不自动合并");
            let en = format!("only {code} speaks for it, with what goes along with it, which does not merge alone");
            parts.push(lang.say(&zh, &en));
        }
        let _ = writeln!(text, "               {}", parts.join(", "));
        text
    }

    /// As JSON.
    pub fn to_json(&self) -> Value {
        let merges = self.assembly.merges.iter().map(|merge| {
            let means = merge.means.iter().map(|mean| {
                let (comparator, comparator_zh) = comparator(mean.comparator);
                json!({
                    "comparator": comparator, "comparator_zh": comparator_zh, "pairs": mean.pairs,
                    "mean_bits": mean.weight.bits(), "repeated": mean.repeated,
                })
            });
            let strongest = merge
                .strongest
                .map(|(pair, weight)| json!({ "records": self.pair(pair), "weight_bits": weight.bits() }));
            json!({
                "left_records": self.names(&merge.clusters[0]), "right_records": self.names(&merge.clusters[1]),
                "weight_bits": merge.weight.bits(), "relation_bits": merge.relation_weight.bits(),
                "comparisons": means.collect::<Vec<_>>(), "strongest_pair": strongest,
                "sole_evidence": merge.sole_evidence.map(|position| comparator(position).0),
                "judged": merge.judged.map(|pair| self.pair(pair)),
            })
        });
        let judgements = self.assembly.judgements.iter();
        let judgements =
            judgements.map(|(pair, verdict)| json!({ "records": self.pair(*pair), "verdict": verdict.code() }));
        json!({
            "record": self.record, "model": self.model.version.to_string(), "records": self.names(&self.assembly.members),
            "prior_bits": self.model.priors.matching.bits(), "merge_bits": self.model.thresholds.merge.bits(),
            "merges": merges.collect::<Vec<_>>(), "judgements": judgements.collect::<Vec<_>>(),
            "kept_out_records": self.assembly.kept_out, "cut_to_limit": self.assembly.cut_to_limit,
        })
    }
}

fn comparator(position: usize) -> (&'static str, &'static str) {
    compare::ALL.get(position).map_or(("", ""), |comparator| (comparator.code(), comparator.name_zh()))
}
