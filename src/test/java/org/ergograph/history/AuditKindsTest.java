package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import javax.sql.DataSource;
import org.ergograph.observation.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of one call of a tool, from the request to the server behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditKindsTest {
    private final DataSource dataSource = TestDatabase.of("h2");
    private final JpaAuditLogTest.Opened opened = JpaAuditLogTest.open("kinds", dataSource);

    @BeforeAll
    void fill() {
        Observations made = new Observations();
        JpaAuditLogTest.write(
                dataSource,
                "a",
                List.of(
                        made.http("POST", "/mcp", 200)
                                .trace(7, 9)
                                .principal("ann")
                                .build(),
                        made.of(Kind.MCP, "tools/call", "http")
                                .trace(7, 9)
                                .principal("ann")
                                .requestBytes(130)
                                .error("tool_error")
                                .build(),
                        made.of(Kind.TOOL, "weather__forecast", "upstream")
                                .trace(7, 9)
                                .principal("ann")
                                .error("timeout")
                                .build(),
                        made.of(Kind.EXTERNAL, "weather", "forecast")
                                .trace(7, 9)
                                .principal("ann")
                                .error("timeout")
                                .build(),
                        made.of(Kind.MCP, "tools/list", "http").build()));
    }

    @AfterAll
    void close() {
        opened.factory().close();
    }

    private List<JsonObject> rows(String query) {
        return opened.page(JpaAuditLogTest.filter(query), null, 100).stream()
                .map(AuditEntry::json)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind=mcp&outcome=error | tools/call | {\"method\":\"tools/call\",\"transport\":\"http\"} | tool_error",
                "kind=tool | weather__forecast | {\"tool\":\"weather__forecast\",\"category\":\"upstream\"} | timeout",
                "name=weather/forecast | weather/forecast | {\"server\":\"weather\",\"tool\":\"forecast\"} | timeout",
                "name=tools/call | tools/call | {\"method\":\"tools/call\",\"transport\":\"http\"} | tool_error"
            })
    void aRowNamesWhatWasCalledAndHowItFailed(String query, String name, String attributes, String error) {
        assertThat(rows(query)).singleElement().satisfies(row -> {
            assertThat(row.getString("name")).isEqualTo(name);
            assertThat(row.getJsonObject("attributes").toString()).isEqualTo(attributes);
            assertThat(row.getString("errorType")).isEqualTo(error);
            assertThat(row.getString("principal")).isEqualTo("ann");
            assertThat(row.getString("traceId")).isEqualTo("00000000000000070000000000000009");
        });
    }

    @Test
    void theRowsOfACallAreFoundByItsTraceAndByWhoAsked() {
        for (String query : List.of("traceId=00000000000000070000000000000009", "principal=ann")) {
            assertThat(rows(query))
                    .extracting(row -> row.getString("kind"))
                    .containsExactly("external", "tool", "mcp", "http");
        }
        assertThat(rows("principal=ann&kind=mcp")).singleElement().satisfies(row -> {
            assertThat(row.getJsonNumber("requestBytes").longValue()).isEqualTo(130);
            assertThat(row.getJsonNumber("responseBytes").longValue()).isEqualTo(512);
        });
    }
}
