package org.ergograph.alert.condition;

/** How two numbers are compared. */
enum Relation {
    ABOVE("_>_", "above"),
    AT_LEAST("_>=_", "at least"),
    BELOW("_<_", "below"),
    AT_MOST("_<=_", "at most"),
    EQUAL("_==_", "equal to"),
    DIFFERENT("_!=_", "different from");

    private final String function;
    private final String words;

    Relation(String function, String words) {
        this.function = function;
        this.words = words;
    }

    /** The name of the operator's function in CEL. */
    String function() {
        return function;
    }

    String words() {
        return words;
    }

    boolean holds(double a, double b) {
        return switch (this) {
            case ABOVE -> a > b;
            case AT_LEAST -> a >= b;
            case BELOW -> a < b;
            case AT_MOST -> a <= b;
            case EQUAL -> a == b;
            case DIFFERENT -> a != b;
        };
    }

    /** The relation of the second to the first. */
    Relation turned() {
        return switch (this) {
            case ABOVE -> BELOW;
            case AT_LEAST -> AT_MOST;
            case BELOW -> ABOVE;
            case AT_MOST -> AT_LEAST;
            case EQUAL, DIFFERENT -> this;
        };
    }
}
