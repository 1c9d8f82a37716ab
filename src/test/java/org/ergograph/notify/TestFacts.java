package org.ergograph.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.ergograph.alert.condition.Facts;
import org.ergograph.alert.condition.FactsSource;
import org.ergograph.alert.condition.LookBack;
import org.ergograph.alert.condition.SeriesFacts;
import org.ergograph.window.Distribution;

/** A hundred calls of each tool, which all succeed, or of which as many fail as the test wants: all, if it says nothing. */
final class TestFacts {
    private final Set<String> tools = new TreeSet<>();
    private final Set<String> broken = new TreeSet<>();
    private int errors = 100;
    private boolean unreadable;

    TestFacts tools(int count) {
        for (int i = 0; i < count; i++) {
            tools.add("t%03d".formatted(i));
        }
        return this;
    }

    TestFacts tool(String name) {
        tools.add(name);
        return this;
    }

    /** So many of the calls of a tool that is broken fail. */
    TestFacts errors(int ofHundred) {
        errors = ofHundred;
        return this;
    }

    void breakAll() {
        broken.addAll(tools);
    }

    void mendAll() {
        broken.clear();
    }

    /** From now on the record cannot be read, or can again. */
    void unreadable(boolean is) {
        unreadable = is;
    }

    FactsSource at(Instant now) {
        return new FactsSource() {
            @Override
            public Facts facts(LookBack lookBack) {
                if (unreadable) {
                    throw new IllegalStateException("the record cannot be read");
                }
                return calls(now);
            }

            @Override
            public OptionalDouble threshold(String name) {
                return OptionalDouble.of(1e9);
            }
        };
    }

    private Facts calls(Instant now) {
        long[] durations = new long[100];
        Arrays.fill(durations, 1_000_000);
        List<SeriesFacts> series = new ArrayList<>();
        for (String tool : tools) {
            series.add(new SeriesFacts(
                    "tool",
                    tool,
                    Map.of("tool", tool, "category", "none"),
                    "n",
                    Distribution.of(broken.contains(tool) ? errors : 0, durations)));
        }
        return new Facts(now.minus(Duration.ofMinutes(5)), now, series, List.of());
    }
}
