package org.ergograph.settings;

/** What became of a change that was asked for. Immutable. */
sealed interface Outcome {
    /** It is in the database. */
    record Done(Setting setting) implements Outcome {}

    /** The setting is of another version by now. */
    record Stale() implements Outcome {}

    /** The warning threshold would be beyond the critical one, or the same. */
    record Disordered(Threshold partner, double value) implements Outcome {}
}
