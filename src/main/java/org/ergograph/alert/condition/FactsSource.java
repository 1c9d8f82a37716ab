package org.ergograph.alert.condition;

import java.util.OptionalDouble;

/** Where an evaluation, which has one moment, takes its facts from. Need not be thread-safe. */
public interface FactsSource {
    /** What was measured in this stretch; the same object each time that it is asked for. */
    Facts facts(LookBack lookBack);

    /** The threshold of this name, as it is set now; empty if there is none. */
    OptionalDouble threshold(String name);
}
