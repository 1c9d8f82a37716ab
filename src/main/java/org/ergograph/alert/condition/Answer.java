package org.ergograph.alert.condition;

/** Whether something is so, in the three-valued logic of Kleene: what is not known decides nothing that is decided without it. */
enum Answer {
    YES,
    NO,
    UNKNOWN;

    static Answer of(boolean so) {
        return so ? YES : NO;
    }

    Answer opposite() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
