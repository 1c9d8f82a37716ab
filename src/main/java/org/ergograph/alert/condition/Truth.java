package org.ergograph.alert.condition;

import org.jspecify.annotations.Nullable;

/**
 * A part of a condition that is so, or not so, or not known. Whoever asks is told in the {@link Inquiry} which leaf decided it
 * first. Immutable.
 */
sealed interface Truth {
    /** Whether it is so for this subject. */
    Answer of(Inquiry inquiry);

    /** A part that has no parts that are so or not, and can be named as what decided. */
    sealed interface Leaf extends Truth {
        /** Why it is not known; null if it is. */
        @Nullable
        String why(Inquiry inquiry);
    }

    /** What is so always, or never. */
    record Always(boolean so) implements Truth {
        @Override
        public Answer of(Inquiry inquiry) {
            inquiry.decide(null, Double.NaN, Double.NaN);
            return Answer.of(so);
        }
    }

    /**
     * A comparison of two numbers; a fixed number stands on the right.
     *
     * @param metric how a condition writes the left one
     */
    record Compared(Relation relation, Amount left, Amount right, String metric) implements Leaf {
        static Compared of(Relation relation, Amount left, Amount right) {
            return left.fixed() && !right.fixed()
                    ? new Compared(relation.turned(), right, left, right.text())
                    : new Compared(relation, left, right, left.text());
        }

        @Override
        public Answer of(Inquiry inquiry) {
            double a = left.of(inquiry);
            double b = right.of(inquiry);
            inquiry.decide(this, a, b);
            return Double.isNaN(a) || Double.isNaN(b) ? Answer.UNKNOWN : Answer.of(relation.holds(a, b));
        }

        @Override
        public @Nullable String why(Inquiry inquiry) {
            String missing = left.why(inquiry);
            return missing == null ? right.why(inquiry) : missing;
        }
    }

    /** That there are no observations or samples. */
    record Absent(Source source) implements Leaf {
        @Override
        public Answer of(Inquiry inquiry) {
            Figures figures = inquiry.figures(source);
            inquiry.decide(this, (double) figures.count(), Double.NaN);
            return figures.known() ? Answer.of(figures.count() == 0) : Answer.UNKNOWN;
        }

        @Override
        public @Nullable String why(Inquiry inquiry) {
            Figures figures = inquiry.figures(source);
            return figures.known() ? null : source.text("absent()") + " is not known: " + figures.why(0);
        }
    }

    /** The opposite. */
    record Not(Truth of) implements Truth {
        @Override
        public Answer of(Inquiry inquiry) {
            return of.of(inquiry).opposite();
        }
    }

    /**
     * Both, or at least one of two.
     *
     * @param decisive the answer of one part that decides: no if both have to be so, yes if one is enough
     */
    record Joined(Answer decisive, Truth left, Truth right) implements Truth {
        @Override
        public Answer of(Inquiry inquiry) {
            Answer first = left.of(inquiry);
            if (first == decisive) {
                return first;
            }
            Leaf leaf = inquiry.leaf();
            double value = inquiry.value();
            double other = inquiry.other();
            Answer second = right.of(inquiry);
            if (second == decisive || (second == Answer.UNKNOWN && first != Answer.UNKNOWN)) {
                return second;
            }
            if (leaf != null) {
                inquiry.decide(leaf, value, other);
            }
            return first;
        }
    }

    /** One or another, as a third says. */
    record Chosen(Truth condition, Truth then, Truth otherwise) implements Truth {
        @Override
        public Answer of(Inquiry inquiry) {
            return switch (condition.of(inquiry)) {
                case YES -> then.of(inquiry);
                case NO -> otherwise.of(inquiry);
                case UNKNOWN -> Answer.UNKNOWN;
            };
        }
    }
}
