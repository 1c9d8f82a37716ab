package org.ergograph.notify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.ergograph.alert.Rule;
import org.ergograph.alert.routing.Inhibition;
import org.ergograph.alert.routing.Silence;
import org.ergograph.web.ProblemException;

/** The rules, silences and inhibitions as last read; only what changed is read anew. Not thread-safe. */
final class KnownDefinitions {
    private static final System.Logger LOG = System.getLogger(KnownDefinitions.class.getName());

    private final Definitions definitions;
    private final Set<String> unreadable = new HashSet<>();
    private final Part<RuleRow, Rule> rules = new Part<>(RuleRow.class, RuleRow::rule);
    private final Part<SilenceRow, Silence> silences = new Part<>(SilenceRow.class, SilenceRow::silence);
    private final Part<InhibitionRow, Inhibition> inhibitions =
            new Part<>(InhibitionRow.class, InhibitionRow::inhibition);

    KnownDefinitions(Definitions definitions) {
        this.definitions = definitions;
    }

    /** Reads what changed; asks the database. */
    void refresh() {
        rules.refresh();
        silences.refresh();
        inhibitions.refresh();
    }

    /** All of it as last read. */
    Known known() {
        return new Known(
                rules.values,
                rules.left,
                List.copyOf(silences.values.values()),
                List.copyOf(inhibitions.values.values()));
    }

    private final class Part<R extends Definition, T> {
        private final Class<R> type;
        private final Function<R, T> read;
        private Map<String, Long> versions = Map.of();
        private Map<String, T> values = Map.of();
        private Set<String> left = Set.of();

        Part(Class<R> type, Function<R, T> read) {
            this.type = type;
            this.read = read;
        }

        void refresh() {
            if (definitions.versions(type).equals(versions)) {
                return;
            }
            Map<String, Long> readVersions = new HashMap<>();
            Map<String, T> readValues = new LinkedHashMap<>();
            Set<String> readLeft = new HashSet<>();
            for (R row : definitions.all(type)) {
                readVersions.put(row.id(), row.version());
                try {
                    readValues.put(row.id(), read.apply(row));
                } catch (ProblemException | IllegalArgumentException e) {
                    readLeft.add(row.id());
                    if (unreadable.add(row.id() + " " + row.version())) {
                        LOG.log(
                                System.Logger.Level.ERROR,
                                "alerting: " + type.getSimpleName() + " " + row.id() + " is left out: "
                                        + e.getMessage());
                    }
                }
            }
            versions = readVersions;
            values = Map.copyOf(readValues);
            left = Set.copyOf(readLeft);
        }
    }
}
