package org.ergograph.notify.prometheus;

import java.time.Duration;
import org.ergograph.observation.Kind;

/** A condition, or a part of one, as what translates into PromQL. Immutable. */
sealed interface Term {
    /** A number. */
    record Num(double value) implements Term {}

    /** A figure of the subject or of something else, as it was some time before. */
    record Measure(Source source, String name, Duration before) implements Term {}

    /** A threshold that is set at run time. */
    record Threshold(String name) implements Term {}

    /** Arithmetic: {@code + - * /}. */
    record Arithmetic(String operator, Term left, Term right) implements Term {}

    /** A comparison, by the operator that PromQL has for it. */
    record Compare(String operator, Term left, Term right) implements Term {}

    /** Both. */
    record And(Term left, Term right) implements Term {}

    /** Either. */
    record Or(Term left, Term right) implements Term {}

    /** Not. */
    record Not(Term of) implements Term {}

    /** That nothing was observed of the subject. */
    record Absent() implements Term {}

    /** What is measured. */
    sealed interface Source {
        /** What the rule is about. */
        record Own() implements Source {}

        /** The series of a kind and a name. */
        record Named(Kind kind, String name) implements Source {}

        /** Everything. */
        record All() implements Source {}

        /** What is sampled. */
        record Sampled(String name) implements Source {}
    }
}
