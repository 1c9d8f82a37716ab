package org.ergograph.alert;

import java.util.List;
import java.util.Map;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Verdict;

/**
 * A rule: what is asked, when it counts, and who is told. Immutable.
 *
 * @param id stays the same when the rule changes; that of a shipped rule is its name
 * @param version changes with every change
 * @param severityWord the word by which the severity was given, which may be another tool's
 * @param notice who is told, when and how
 * @param labels what its alerts carry beside the labels of their subjects
 * @param shipped whether it came with the product
 */
public record Rule(
        String id,
        long version,
        String name,
        Severity severity,
        String severityWord,
        boolean enabled,
        Query query,
        RuleTiming timing,
        Notice notice,
        Map<String, String> labels,
        boolean shipped) {
    public Rule {
        labels = Map.copyOf(labels);
    }

    /**
     * The rule as an alert has it after this verdict: of an objective whose budget burns slowly it is a warning at most, since
     * that can wait until somebody is at work.
     */
    public Rule after(Verdict verdict) {
        return verdict.ticket() && severity.compareTo(Severity.WARNING) > 0
                ? new Rule(
                        id,
                        version,
                        name,
                        Severity.WARNING,
                        Severity.WARNING.word(),
                        enabled,
                        query,
                        timing,
                        notice,
                        labels,
                        shipped)
                : this;
    }

    /** The same, told so. */
    public Rule with(Notice notice) {
        return new Rule(id, version, name, severity, severityWord, enabled, query, timing, notice, labels, shipped);
    }

    /** The names of the channels. */
    public List<String> channels() {
        return notice.channels();
    }
}
