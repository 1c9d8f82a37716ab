package org.ergograph;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the code to the package table: who may import whom, and which API is used where. */
class ArchitectureTest {
    private static final String ROOT = "org.ergograph";

    private static final JavaClasses CLASSES =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages(ROOT);

    /** A row of the table: a package, and the packages of lower floors that it may import. */
    record Row(int floor, String name, Set<String> mayImport) {
        @Override
        public String toString() {
            return "%s (floor %d) imports only %s".formatted(name, floor, mayImport);
        }
    }

    /** An API, and the only packages that may use it. */
    record Api(String name, List<String> packages, List<String> users) {
        @Override
        public String toString() {
            return "%s only in %s".formatted(name, users);
        }
    }

    static List<Row> table() {
        Map<String, Row> rows = new LinkedHashMap<>();
        only(rows, 0, "observation");
        for (String edge : List.of("monitor", "http", "telemetry", "window", "system", "outbound")) {
            only(rows, 1, edge, "observation");
        }
        only(rows, 2, "recorder", "observation");
        only(rows, 2, "database", "observation", "monitor");
        only(rows, 2, "tool", "observation", "monitor");
        only(rows, 2, "web", "observation");
        only(rows, 2, "settings", "observation", "monitor", "database", "web");
        only(rows, 2, "analysis", "observation", "window");
        below(rows, 3, 2, "history");
        below(rows, 3, 2, "registry");
        only(rows, 3, "alert", "observation", "window", "analysis");
        below(rows, 4, 2, "gateway", "registry");
        below(rows, 4, 3, "notify");
        only(rows, 4, "security", "settings", "outbound", "web");
        below(rows, 4, 3, "advice");
        below(rows, 4, 3, "workflow");
        below(rows, 4, 3, "benchmark");
        below(rows, 5, 4, "health");
        below(rows, 5, 4, "report");
        only(rows, 5, "mcp", "observation", "tool", "security", "web");
        below(rows, 5, 4, "live");
        below(rows, 5, 4, "intake");
        below(rows, 5, 4, "demo");
        below(rows, 6, 5, "app");
        return List.copyOf(rows.values());
    }

    private static void only(Map<String, Row> rows, int floor, String name, String... mayImport) {
        rows.put(name, new Row(floor, name, new TreeSet<>(List.of(mayImport))));
    }

    /** May import everything from the ground to the highest of the floors given, and what else is named. */
    private static void below(Map<String, Row> rows, int floor, int highest, String name, String... also) {
        Set<String> mayImport = rows.values().stream()
                .filter(row -> row.floor() <= highest)
                .map(Row::name)
                .collect(Collectors.toCollection(TreeSet::new));
        mayImport.addAll(List.of(also));
        rows.put(name, new Row(floor, name, mayImport));
    }

    static List<Api> apis() {
        return List.of(
                api("MicroProfile Metrics", "org.eclipse.microprofile.metrics..", "telemetry"),
                api("OpenTelemetry", "io.opentelemetry..", "telemetry"),
                // In telemetry: the bounds of histograms are configuration that joins what the embedding application
                // says.
                api("MicroProfile Config", "org.eclipse.microprofile.config", "recorder", "app", "telemetry"),
                api("configuration sources", "org.eclipse.microprofile.config.spi..", "telemetry"),
                api("MicroProfile Health", "org.eclipse.microprofile.health..", "health"),
                api("MicroProfile Fault Tolerance", "org.eclipse.microprofile.faulttolerance..", "gateway"),
                api("Failsafe", "dev.failsafe..", "gateway"),
                api("Caffeine", "com.github.benmanes.caffeine..", "gateway"),
                api("Jedis", "redis.clients..", "gateway"),
                api("sketches", "com.datadoghq..", "window"),
                // In http: the bytes that the request's own thread allocated. In database: Open Liberty's bean of the
                // pool.
                api("java.lang.management", "java.lang.management..", "system", "http", "database"),
                api("interceptors", "jakarta.interceptor..", "monitor"),
                api("Apache HttpClient", "org.apache.hc..", "outbound"),
                api("JSON Schema", "dev.harrel..", "tool"),
                // In notify: conditions are read and written as PromQL.
                api("the parser of CEL", "dev.cel..", "alert", "notify"),
                api("the JDK's HTTP client", "java.net.http..", "outbound"),
                // In demo: the filter that gives the traffic of the demonstration a principal of its own.
                api("servlets", "jakarta.servlet..", "http", "mcp", "security", "demo"),
                api("JAX-RS filters", "jakarta.ws.rs.container..", "http", "web", "security"),
                // In database: the provider that counts connections.
                api(
                        "JPA",
                        "jakarta.persistence..",
                        "database",
                        "settings",
                        "history",
                        "registry",
                        "notify",
                        "workflow",
                        "benchmark"),
                // In web: an SQLException is told apart from other failures. In health: the probe of the database. In
                // notify:
                // what reading the record throws.
                api("JDBC", "java.sql..", "database", "history", "app", "web", "health"),
                api("data sources", "javax.sql..", "database", "history", "app", "health"),
                api("migrations", "org.flywaydb..", "app"),
                api("mail", "jakarta.mail..", "notify"),
                api("Jakarta Security", "jakarta.security..", "security"));
    }

    private static Api api(String name, String apiPackage, String... users) {
        return new Api(name, List.of(apiPackage), List.of(users));
    }

    @ParameterizedTest
    @MethodSource("table")
    void packageImportsOnlyWhatItsRowAllows(Row row) {
        Set<String> allowed = new TreeSet<>(row.mayImport());
        allowed.add(row.name());
        classes()
                .that()
                .resideInAPackage(ROOT + "." + row.name() + "..")
                .should()
                .onlyDependOnClassesThat(foreignOrIn(allowed))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> foreignOrIn(Set<String> allowed) {
        return describe("are not ours, or in " + allowed, type -> {
            String name = type.getBaseComponentType().getPackageName();
            return !(name + ".").startsWith(ROOT + ".") || allowed.contains(feature(name));
        });
    }

    /** {@code web} of {@code org.ergograph.web.csv}; empty for the root. */
    private static String feature(String packageName) {
        if (packageName.equals(ROOT)) {
            return "";
        }
        String rest = packageName.substring(ROOT.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    @Test
    void everyPackageHasARow() {
        Set<String> known = table().stream().map(Row::name).collect(Collectors.toSet());
        assertThat(CLASSES.stream().map(type -> feature(type.getPackageName())))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(known).contains(name));
    }

    @Test
    void observationNeedsNothingButJava() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".observation..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(ROOT + ".observation..", "java..", "org.jspecify.annotations.."))
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("apis")
    void apiIsUsedOnlyWhereItsRowAllows(Api api) {
        String[] users =
                api.users().stream().map(name -> ROOT + "." + name + "..").toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(users)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(api.packages().toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    static Stream<JavaPackage> packages() {
        return CLASSES.stream().map(JavaClass::getPackage).distinct();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageSaysWhatItIsAndIsNullMarked(JavaPackage found) {
        assertThat(found.isAnnotatedWith(NullMarked.class)).as(found.getName()).isTrue();
    }

    @Test
    void nothingIsCalledByAnEmptyWord() {
        List<String> words = List.of(
                "util", "utils", "common", "helper", "manager", "impl", "internal", "dto", "model", "base", "abstract");
        assertThat(CLASSES.stream()
                        .filter(type -> Stream.concat(
                                        Arrays.stream(type.getPackageName().split("\\.")),
                                        Stream.of(type.getSimpleName().split("(?<=[a-z0-9])(?=[A-Z])")))
                                .anyMatch(word -> words.contains(word.toLowerCase(Locale.ROOT))))
                        .map(JavaClass::getName))
                .isEmpty();
    }
}
