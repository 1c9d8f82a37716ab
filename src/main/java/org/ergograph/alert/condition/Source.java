package org.ergograph.alert.condition;

import java.time.Duration;

/**
 * What a figure in a condition is a figure of. Immutable.
 *
 * @param name the scope or the name of the samples; empty for the subject
 * @param before how long before the moment of the evaluation the stretch ends
 */
record Source(Of of, String name, Duration before) {
    /** The sorts of them. */
    enum Of {
        /** The series that belong to the subject. */
        SUBJECT,
        /** The series of a scope, whatever the subject is. */
        SCOPE,
        /** The samples of a name: of the subject's node if the rule tells nodes apart, else of all nodes. */
        SAMPLES
    }

    static final Source SUBJECT = new Source(Of.SUBJECT, "", Duration.ZERO);

    /** The same, longer ago. */
    Source earlier(Duration longer) {
        return new Source(of, name, before.plus(longer));
    }

    /** What is looked at by a rule that looks back so far. */
    LookBack lookBack(Duration window) {
        return new LookBack(window, before);
    }

    boolean isOfSamples() {
        return of == Of.SAMPLES;
    }

    /** How a condition writes the measure of it. */
    String text(String measure) {
        StringBuilder text = new StringBuilder();
        if (of != Of.SUBJECT) {
            text.append(written()).append('.');
        }
        if (!before.isZero()) {
            text.append("before(\"").append(before).append("\").");
        }
        return text.append(measure).toString();
    }

    private String written() {
        if (isOfSamples()) {
            return "sample(\"" + name + "\")";
        }
        int colon = name.indexOf(':');
        return colon < 0 ? "all()" : name.substring(0, colon) + "(\"" + name.substring(colon + 1) + "\")";
    }
}
