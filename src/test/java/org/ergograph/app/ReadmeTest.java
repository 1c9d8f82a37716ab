package org.ergograph.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ergograph.alert.Rule;
import org.ergograph.alert.ShippedRules;
import org.ergograph.alert.condition.Condition;
import org.ergograph.observation.Metric;
import org.ergograph.observation.Metrics;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.RecorderConfig;
import org.junit.jupiter.api.Test;

/** The README's tables are the code's lists, word for word; a failure shows the table that belongs there. */
class ReadmeTest {
    @Test
    void metricTableIsTheCatalogue() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Metric metric : Metrics.all()) {
            expected.add("| `%s` | %s | %s | %s | %s |"
                    .formatted(
                            metric.name(),
                            metric.type().name().toLowerCase(Locale.ROOT),
                            String.join(", ", metric.labels()),
                            metric.bounds().stream().map(ReadmeTest::bound).collect(Collectors.joining(" ")),
                            metric.help()));
        }

        assertThat(rows("### All metrics")).containsExactlyElementsOf(expected);
    }

    @Test
    void configurationTableIsTheKeys() throws IOException {
        List<String> expected = Stream.of(RecorderConfig.keys(), AppConfig.keys(), AppConfig.serverKeys())
                .flatMap(List::stream)
                .map(ReadmeTest::row)
                .toList();

        assertThat(rows("### All keys")).containsExactlyElementsOf(expected);
    }

    @Test
    void shippedRuleTableIsTheRulesThatComeWithTheProduct() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Rule rule : ShippedRules.all()) {
            Condition condition = Objects.requireNonNull(rule.query().condition());
            expected.add("| `%s` | %s | `%s` | `%s` | %s |"
                    .formatted(
                            rule.name(),
                            rule.severity().word(),
                            rule.query().scope().text(),
                            condition.text().replace("|", "\\|"),
                            String.join(", ", rule.channels())));
        }

        assertThat(rows("### Shipped rules")).containsExactlyElementsOf(expected);
    }

    private static String row(ConfigKey key) {
        String value = key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`";
        return "| `%s` | %s | %s | %s |".formatted(key.name(), value, key.allowed(), key.meaning());
    }

    private static String bound(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    /** The body rows of the first table under this heading. */
    private static List<String> rows(String heading) throws IOException {
        List<String> rows = new ArrayList<>();
        boolean here = false;
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            if (line.equals(heading)) {
                here = true;
            } else if (here && line.startsWith("|")) {
                rows.add(line);
            } else if (here && !rows.isEmpty()) {
                break;
            }
        }
        return rows.size() < 2 ? rows : rows.subList(2, rows.size());
    }
}
