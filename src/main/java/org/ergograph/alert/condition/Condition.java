package org.ergograph.alert.condition;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** An expression that was checked; immutable and thread-safe. Two of the same text are equal. */
public final class Condition {
    private final String text;
    private final Truth root;
    private final Set<Source> sources;
    private final Set<Amount.Deviation> deviations;
    private final Set<String> thresholds;
    private final boolean absence;
    private final Set<String> samplesAlone;

    /**
     * @param sources what it looks at, what its deviations compare with apart
     * @param thresholds the names of those that it compares with
     * @param absence whether it asks if the subject is absent
     */
    Condition(
            String text,
            Truth root,
            Set<Source> sources,
            Set<Amount.Deviation> deviations,
            Set<String> thresholds,
            boolean absence) {
        this.text = text;
        this.root = root;
        this.sources = Set.copyOf(sources);
        this.deviations = Set.copyOf(deviations);
        this.thresholds = Set.copyOf(thresholds);
        this.absence = absence;
        this.samplesAlone = sources.stream().allMatch(Source::isOfSamples)
                ? sources.stream().map(Source::name).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** The expression as it was given. */
    public String text() {
        return text;
    }

    /** The names of the thresholds that it compares with, whether there are such or not. */
    public Set<String> thresholds() {
        return thresholds;
    }

    /**
     * Which stretches it looks at.
     *
     * @param window how far back its rule looks
     */
    public Set<LookBack> lookBacks(Duration window) {
        Set<LookBack> lookBacks = new LinkedHashSet<>();
        lookBacks.add(LookBack.of(window));
        sources.forEach(source -> lookBacks.add(source.lookBack(window)));
        for (Amount.Deviation deviation : deviations) {
            for (int k = 1; k <= Amount.Deviation.WINDOWS; k++) {
                lookBacks.add(deviation
                        .figure()
                        .source()
                        .earlier(window.multipliedBy(k))
                        .lookBack(window));
            }
        }
        return lookBacks;
    }

    /**
     * Checks the expression.
     *
     * @throws IllegalArgumentException if it is none; the message says where and why
     */
    public static Condition parse(String text) {
        return ConditionReader.read(text);
    }

    /** Whether it is met. */
    Answer of(Inquiry inquiry) {
        return root.of(inquiry);
    }

    /** Whether it asks if the subject is absent. */
    boolean asksForAbsence() {
        return absence;
    }

    /** The names of the samples that it looks at, if it looks at nothing else; else none. */
    Set<String> samplesAlone() {
        return samplesAlone;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition condition && condition.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
