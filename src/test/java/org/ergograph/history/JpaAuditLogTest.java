package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.ergograph.history.names.Dictionary;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Observation;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JpaAuditLogTest {
    private static final String FIRST_START = "2026-09-21T14:13:20.123456Z";

    record Opened(EntityManagerFactory factory, JpaAuditLog log, Dictionary dictionary) {
        List<AuditEntry> page(AuditFilter filter, @Nullable AuditPosition behind, int limit) {
            return AuditConditions.of(filter, dictionary)
                    .map(conditions -> log.page(conditions, behind, limit))
                    .orElse(List.of());
        }
    }

    private Map<String, Opened> opened = Map.of();

    /**
     * Rows of two nodes; each starts a second after the one before, and the last three start together. Node b writes twice at the
     * same moment, as two processes under one name would.
     */
    private static void fill(DataSource dataSource) {
        Observations observations = new Observations();
        write(
                dataSource,
                "a",
                List.of(
                        observations
                                .http("GET", "/api/v1/servers", 200)
                                .durationNanos(5_000_000)
                                .build(),
                        observations
                                .http("GET", "/api/v1/servers", 503)
                                .durationNanos(900_000_000)
                                .error("Timeout")
                                .build(),
                        observations
                                .http("POST", "/api/v1/servers", 201)
                                .principal("ann")
                                .trace(0xabL, -2)
                                .build(),
                        observations
                                .of(Kind.DB, "select", "servers")
                                .trace(0xabL, -2)
                                .principal("ann")
                                .build()));
        write(
                dataSource,
                "b",
                List.of(
                        observations
                                .of(Kind.TOOL, "search", "general")
                                .error("Denied")
                                .build(),
                        observations
                                .method("plain")
                                .durationNanos(1_500_000_000)
                                .build()));
        Observation last = observations.method("same").build();
        write(dataSource, "b", List.of(last, last, last));
    }

    static void write(DataSource dataSource, String node, List<Observation> rows) {
        Pipeline pipeline = Pipeline.of(dataSource, node);
        rows.forEach(pipeline::accept);
        pipeline.run();
        pipeline.writer.stop();
        assertThat(pipeline.state().written()).isEqualTo(rows.size());
    }

    private static Opened open(String product) {
        DataSource dataSource = TestDatabase.of(product);
        fill(dataSource);
        return open(product, dataSource);
    }

    static Opened open(String product, DataSource dataSource) {
        EntityManagerFactory factory = Persistence.createEntityManagerFactory(
                "ergograph",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", dataSource,
                        "eclipselink.session-name", product,
                        "eclipselink.weaving", "false"));
        EntityManager entityManager = factory.createEntityManager();
        Dictionary dictionary = new Dictionary(entityManager);
        JpaAuditLog log = new JpaAuditLog(dictionary, Duration.ofSeconds(10));
        log.entityManager = entityManager;
        return new Opened(factory, log, dictionary);
    }

    @BeforeAll
    void open() {
        opened = Map.of("h2", open("h2"), "postgresql", open("postgresql"));
    }

    @AfterAll
    void close() {
        opened.values().forEach(one -> one.factory.close());
    }

    private Opened opened(String product) {
        return Objects.requireNonNull(opened.get(product));
    }

    static AuditFilter filter(String query) {
        Map<String, List<String>> parameters = new java.util.HashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                parameters.put(pair.substring(0, equals), List.of(pair.substring(equals + 1)));
            }
        }
        QueryParameters read = new QueryParameters(parameters);
        AuditFilter filter = AuditFilter.read(read);
        read.check();
        return filter;
    }

    static Stream<Arguments> filters() {
        List<Arguments> all = new ArrayList<>();
        for (String product : List.of("h2", "postgresql")) {
            all.add(Arguments.of(product, "", "same same same plain search db post 503 200"));
            all.add(Arguments.of(product, "kind=http", "post 503 200"));
            all.add(Arguments.of(product, "kind=mcp", ""));
            all.add(Arguments.of(product, "name=GET /api/v1/servers", "503 200"));
            all.add(Arguments.of(product, "name=search&kind=tool", "search"));
            all.add(Arguments.of(product, "name=search&kind=db", ""));
            all.add(Arguments.of(product, "endpoint=/api/v1/servers", "post 503 200"));
            all.add(Arguments.of(product, "endpoint=servers", ""));
            all.add(Arguments.of(product, "method=POST", "post"));
            all.add(Arguments.of(product, "method=GET&endpoint=/api/v1/servers", "503 200"));
            all.add(Arguments.of(product, "operation=select", "db"));
            all.add(Arguments.of(product, "table=servers", "db"));
            all.add(Arguments.of(product, "tool=search&category=general", "search"));
            all.add(Arguments.of(product, "kind=tool&tool=general", ""));
            all.add(Arguments.of(product, "workflow=search", ""));
            all.add(Arguments.of(product, "errorType=Timeout", "503"));
            all.add(Arguments.of(product, "errorType=ann", ""));
            all.add(Arguments.of(product, "errorType=nothing", ""));
            all.add(Arguments.of(product, "principal=bob", ""));
            all.add(Arguments.of(product, "status=503", "503"));
            all.add(Arguments.of(product, "outcome=error", "search 503"));
            all.add(Arguments.of(product, "outcome=success&kind=http", "post 200"));
            all.add(Arguments.of(product, "principal=ann", "db post"));
            all.add(Arguments.of(product, "minDuration=PT0.9S", "plain 503"));
            all.add(Arguments.of(product, "minDuration=PT0.900000001S", "plain"));
            all.add(Arguments.of(product, "traceId=00000000000000abfffffffffffffffe", "db post"));
            all.add(Arguments.of(product, "traceId=00000000000000acfffffffffffffffe", ""));
            all.add(Arguments.of(product, "node=b&kind=tool", "search"));
            all.add(Arguments.of(product, "node=c", ""));
            all.add(Arguments.of(product, "to=" + FIRST_START, ""));
            all.add(Arguments.of(product, "from=" + FIRST_START + "&to=2026-09-21T14:13:20.123457Z", "200"));
            all.add(Arguments.of(product, "from=2026-09-21T16:13:24.123457+02:00", "same same same plain"));
        }
        return all.stream();
    }

    private static String key(AuditEntry entry) {
        return entry.startedAt() + " " + entry.row().id;
    }

    private static String word(AuditEntry entry) {
        String method = entry.attributes().getOrDefault("method", "");
        if (method.equals("GET")) {
            return Integer.toString(entry.row().status);
        }
        return method.isEmpty() ? (entry.kind().equals("db") ? "db" : entry.name()) : "post";
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filterTakesTheseRowsNewestFirst(String product, String query, String rows) {
        List<String> found = opened(product).page(filter(query), null, 100).stream()
                .map(JpaAuditLogTest::word)
                .toList();
        assertThat(String.join(" ", found)).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void pagesTogetherAreTheWholeListWhateverTheirSize(String product) {
        List<String> whole = opened(product).page(filter(""), null, 100).stream()
                .map(JpaAuditLogTest::key)
                .toList();
        assertThat(whole).hasSize(9).doesNotHaveDuplicates();
        for (int size = 1; size <= 9; size++) {
            List<String> paged = new ArrayList<>();
            AuditPosition behind = null;
            List<AuditEntry> page = opened(product).page(filter(""), behind, size);
            while (!page.isEmpty()) {
                page.forEach(entry -> paged.add(key(entry)));
                QueryParameters parameters = new QueryParameters(Map.of(
                        "cursor",
                        List.of(AuditPosition.behind(page.get(page.size() - 1)).cursor())));
                behind = AuditPosition.read(parameters);
                page = opened(product).page(filter(""), behind, size);
            }
            assertThat(paged).as("pages of %d", size).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void entryShowsWhatWasObserved(String product) {
        AuditEntry failed = opened(product).page(filter("status=503"), null, 1).get(0);
        assertThat(failed.json().toString())
                .matches(
                        "\\{\"id\":\"\\d{15,19}\",\"startedAt\":\"2026-09-21T14:13:21.123456Z\",\"node\":\"a\","
                                + "\"kind\":\"http\",\"name\":\"GET /api/v1/servers\","
                                + "\"attributes\":\\{\"method\":\"GET\",\"endpoint\":\"/api/v1/servers\"},"
                                + "\"durationSeconds\":0.900000000,\"status\":503,\"outcome\":\"error\","
                                + "\"errorType\":\"Timeout\",\"principal\":null,"
                                + "\"traceId\":\"00000000000000010000000000000002\",\"requestBytes\":null,\"responseBytes\":512}");
        AuditEntry plain = opened(product).page(filter("name=plain"), null, 1).get(0);
        assertThat(AuditEntry.header()).hasSameSizeAs(plain.cells());
        assertThat(plain.cells()).contains("plain", "success").doesNotContain("error", 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void nameThatNoRowEverHadIsNotLookedFor(String product) {
        Dictionary dictionary = opened(product).dictionary;
        for (String query : List.of("principal=bob", "errorType=nothing", "node=c", "kind=mcp", "endpoint=/none")) {
            assertThat(AuditConditions.of(filter(query), dictionary)).as(query).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void omissionsAreThoseOfTheRangeAndTheNode(String product) {
        DataSource dataSource = TestDatabase.of(product);
        TestDatabase.execute(dataSource, """
                insert into audit_omission (minute_at, node, reason, count) values
                ('2026-01-01 10:00:00+00', 0, 'sampled', 5), ('2026-01-01 10:01:00+00', 0, 'sampled', 7),
                ('2026-01-01 10:01:00+00', 1, 'rejected', 2), ('2026-01-01 10:02:00+00', 1, 'dropped', 1)
                """);
        Opened one = open(product + "-omissions", dataSource);
        Instant from = Instant.parse("2026-01-01T10:01:30Z");
        Instant to = Instant.parse("2026-01-01T10:02:00Z");
        assertThat(one.log.omissions(null, null, null).byReason())
                .isEqualTo(Map.of("sampled", 12L, "rejected", 2L, "dropped", 1L));
        assertThat(one.log.omissions(from, to, null).byReason())
                .isEqualTo(Map.of("sampled", 7L, "rejected", 2L, "dropped", 0L));
        assertThat(one.log.omissions(from, to, 1).byReason())
                .isEqualTo(Map.of("sampled", 0L, "rejected", 2L, "dropped", 0L));
        assertThat(one.log.omissions(to.plusSeconds(60), null, null).complete()).isTrue();
        one.factory.close();
    }
}
