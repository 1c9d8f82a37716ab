package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ergograph.history.names.SeriesRow;
import org.ergograph.web.ProblemException;
import org.ergograph.web.QueryParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditResourceTest {
    private static AuditEntry entry(long id) {
        AuditRow row = new AuditRow();
        row.id = id;
        row.startedAt = OffsetDateTime.parse("2026-01-01T00:00:00Z").plusSeconds(id);
        row.durationNanos = id;
        SeriesRow series = new SeriesRow();
        series.kind = "method";
        series.name = "=cmd()";
        series.first = "=cmd()";
        series.second = "";
        return AuditEntry.of(row, series, "a", null, null);
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 1000000",
        "limit, ten",
        "from, yesterday",
        "kind, htpp",
        "status, 99",
        "outcome, bad",
        "minDuration, 5s",
        "minDuration, -PT1S",
        "traceId, 12",
        "traceId, 0000000000000000000000000000000G",
        "cursor, AAAA",
        "nonsense, 1"
    })
    void badParameterIsNamed(String name, String value) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> {
                    QueryParameters parameters = new QueryParameters(Map.of(name, List.of(value)));
                    AuditFilter.read(parameters);
                    AuditPosition.read(parameters);
                    parameters.limit(100, 1000);
                    parameters.check();
                })
                .satisfies(e -> {
                    assertThat(e.problem().status()).isEqualTo(400);
                    assertThat(e.problem().errors()).singleElement().satisfies(fault -> {
                        assertThat(fault.field()).isEqualTo(name);
                        assertThat(fault.allowed()).isNotEmpty();
                    });
                });
    }

    @Test
    void rangeUpsideDownIsRefused() {
        QueryParameters parameters = new QueryParameters(
                Map.of("from", List.of("2026-01-02T00:00:00Z"), "to", List.of("2026-01-01T00:00:00Z")));
        AuditFilter.read(parameters);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(parameters::check)
                .withMessageContaining("from");
    }

    @Test
    void streamAsksForPageAfterPageBehindTheLastRow() throws IOException {
        List<AuditPosition> asked = new ArrayList<>();
        AuditStream stream = new AuditStream(List.of(entry(9), entry(8)), behind -> {
            asked.add(behind);
            return asked.size() == 1 ? List.of(entry(7)) : List.of();
        });
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        stream.lines().write(lines);
        assertThat(lines.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("{\"id\":\"9\"");
        assertThat(asked).extracting(AuditPosition::id).containsExactly(8L, 7L);
    }

    @Test
    void csvHasAHeaderAndNoFormulas() throws IOException {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        new AuditStream(List.of(entry(1)), behind -> List.of()).csv().write(csv);
        List<String> lines = csv.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("id,startedAt,node,kind,name,method,endpoint,operation,table,");
        assertThat(lines.get(1))
                .startsWith("1,2026-01-01T00:00:01Z,a,method,'=cmd(),")
                .doesNotContain(",=cmd");
    }

    @Test
    void streamEndsWhenTheClientHasGone() {
        List<AuditPosition> asked = new ArrayList<>();
        AuditStream stream = new AuditStream(List.of(entry(9)), behind -> {
            asked.add(behind);
            return List.of(entry(8));
        });
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> stream.lines().write(gone));
        assertThat(asked).isEmpty();
    }
}
