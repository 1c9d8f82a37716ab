package org.ergograph.notify.prometheus;

import java.util.List;
import org.ergograph.alert.Rule;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a rule of a file here. Immutable.
 *
 * @param rule without an id; null if it does not translate
 * @param exact whether it is the rule that was once exported, and not a translation
 * @param notes what it does a little differently here, in sentences
 * @param why why it does not translate; null if it does
 */
record ImportedRule(
        FileRule from,
        @Nullable Rule rule,
        boolean exact,
        List<String> notes,
        @Nullable String why) {
    ImportedRule {
        notes = List.copyOf(notes);
    }

    static ImportedRule refused(FileRule from, String why) {
        return new ImportedRule(from, null, false, List.of(), why);
    }

    /** What the rule is called in the file. */
    String name() {
        String alert = from.field("alert");
        return alert.isEmpty() ? from.field("record") : alert;
    }
}
