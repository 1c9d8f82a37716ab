package org.ergograph.report;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.ergograph.observation.Kind;
import org.ergograph.window.Distribution;
import org.ergograph.window.SeriesWindow;
import org.ergograph.window.Window;
import org.ergograph.window.WindowSnapshot;

/** The series of the live window, for people and models who look for one. Thread-safe. */
@Singleton
class KnownSeries {
    private static final int MAX_SUGGESTIONS = 100;

    private final Window window;

    @Inject
    KnownSeries(Window window) {
        this.window = window;
    }

    WindowSnapshot snapshot() {
        return window.snapshot();
    }

    /** {@code http:GET /api/v1/servers}, say. */
    static String label(SeriesWindow series) {
        return series.series().kind().label() + ":" + series.series().name();
    }

    /** The kinds whose name begins so. */
    static List<String> kinds(String typed) {
        return Arrays.stream(Kind.values())
                .map(Kind::label)
                .filter(label -> label.startsWith(typed.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** The names of a kind's series that contain the text, those that were called most first. */
    List<String> names(Kind kind, String typed) {
        return matching(typed, each -> each.series().kind() == kind).stream()
                .map(each -> each.series().name())
                .toList();
    }

    /** The labels of the series that contain the text, those that were called most first. */
    List<String> labels(String typed) {
        return matching(typed, each -> true).stream().map(KnownSeries::label).toList();
    }

    private List<SeriesWindow> matching(String typed, Predicate<SeriesWindow> which) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        return snapshot().series().stream()
                .filter(which)
                .filter(each -> label(each).toLowerCase(Locale.ROOT).contains(wanted))
                .sorted(Comparator.comparingLong(
                                (SeriesWindow each) -> each.distribution().count())
                        .reversed()
                        .thenComparing(KnownSeries::label))
                .limit(MAX_SUGGESTIONS)
                .toList();
    }

    Optional<SeriesWindow> find(WindowSnapshot in, Kind kind, String name) {
        return in.series().stream()
                .filter(each ->
                        each.series().kind() == kind && each.series().name().equals(name))
                .findFirst();
    }

    /** The first of the window's series in this order, as lines for a model. */
    String lines(Comparator<SeriesWindow> order, Predicate<SeriesWindow> which, int most) {
        StringBuilder lines = new StringBuilder();
        snapshot().series().stream().filter(which).sorted(order).limit(most).forEach(each -> {
            Distribution calls = each.distribution();
            lines.append("- ")
                    .append(label(each))
                    .append(": ")
                    .append(calls.count())
                    .append(" calls, ")
                    .append(calls.errors())
                    .append(" errors, p50 ")
                    .append(seconds(calls.quantileSeconds(0.5)))
                    .append(", p99 ")
                    .append(seconds(calls.quantileSeconds(0.99)))
                    .append('\n');
        });
        return lines.isEmpty() ? "- nothing has been recorded in the live window\n" : lines.toString();
    }

    private static String seconds(OptionalDouble value) {
        return String.format(Locale.ROOT, "%.4f s", value.orElse(0));
    }
}
