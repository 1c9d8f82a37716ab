package org.ergograph.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTemplateTest {
    @Path("servers")
    static class Servers {
        @GET
        public void all() {}

        @GET
        @Path("{id: [0-9]+}/tools/")
        public void tools() {}
    }

    @Path("/promised/")
    interface Promise<T> {
        @GET
        @Path("/{key}")
        void get(T key);
    }

    static class Kept implements Promise<String> {
        @Override
        public void get(String key) {}
    }

    /** What a container generates. */
    static class Generated extends Servers {
        @Override
        public void tools() {}
    }

    static class Overriding extends Servers {
        @GET
        @Override
        public void tools() {}
    }

    static class Located {
        @GET
        @Path("/end")
        public void end() {}
    }

    private static String of(Class<?> resource, String name) {
        Method method = Arrays.stream(resource.getMethods())
                .filter(candidate -> candidate.getName().equals(name) && !candidate.isBridge())
                .findFirst()
                .orElseThrow();
        return RouteTemplate.of(resource, method);
    }

    @Test
    void annotationsOfClassAndMethodMakeTheTemplate() {
        assertThat(of(Servers.class, "all")).isEqualTo("/servers");
        assertThat(of(Servers.class, "tools")).isEqualTo("/servers/{id}/tools");
    }

    @Test
    void annotationsAreInheritedFromInterfacesAndSuperclasses() {
        assertThat(of(Kept.class, "get")).isEqualTo("/promised/{key}");
        assertThat(of(Generated.class, "tools")).isEqualTo("/servers/{id}/tools");
        assertThat(RouteTemplate.isRoot(Kept.class)).isTrue();
    }

    @Test
    void methodWithAnAnnotationOfItsOwnInheritsNone() {
        assertThat(of(Overriding.class, "tools")).isEqualTo("/servers");
    }

    @Test
    void locatedResourceIsNoRoot() {
        assertThat(RouteTemplate.isRoot(Located.class)).isFalse();
    }

    @ParameterizedTest(name = "{0} + {1} is {2}")
    @CsvSource({
        "'', '', /",
        "/, /, /",
        "/api/v1/, servers, /api/v1/servers",
        "/api/v1, /servers/, /api/v1/servers",
        "'', '/{id: [0-9]{1,3}}/x', '/{id}/x'",
        "'', '/{ id }', '/{id}'",
        "'', '/{path:.*}', '/{path}'",
        "'', '/{a}-{b: \\d+}', '/{a}-{b}'",
        "'', '/{t: a:b}', '/{t}'"
    })
    void partsAreJoinedWithoutTheirExpressions(String first, String second, String joined) {
        assertThat(RouteTemplate.join(first, second)).isEqualTo(joined);
    }

    @ParameterizedTest(name = "{0} with a={1} and b={2} is {3}")
    @CsvSource({
        "/orders/7/items/9, 7, 9, '/api/orders/{a}/items/{b}'",
        "/orders/7/items/7, 7, 7, '/api/orders/{a}/items/{b}'",
        "/orders/77/items/7, 7, 77, '/api/orders/{b}/items/{a}'",
        "/files/x/y/z, x/y/z, none, '/api/files/{a}'",
        "/files/%7Bx%7D, %7Bx%7D, none, '/api/files/{a}'",
        "/files, '', none, '/api/files'"
    })
    void valuesOfALocatedPathAreReplacedByTheirNames(String path, String a, String b, String template) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        parameters.put("a", List.of(a));
        parameters.put("b", List.of(b));

        assertThat(RouteTemplate.inferred("/api/", path, parameters)).isEqualTo(template);
    }
}
