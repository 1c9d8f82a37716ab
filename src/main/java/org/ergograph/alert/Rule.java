package org.ergograph.alert;

import java.util.List;
import java.util.Map;
import org.ergograph.alert.condition.Query;

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

    /** The names of the channels. */
    public List<String> channels() {
        return notice.channels();
    }
}
