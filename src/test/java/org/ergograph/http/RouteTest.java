package org.ergograph.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicInteger;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.Observation;
import org.junit.jupiter.api.Test;

class RouteTest {
    private final Edge edge = new Edge();
    private final NotingRecorder recorder = edge.recorder;

    private static ContainerRequestContext context(String path, String id, AtomicInteger asked) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        parameters.putSingle("id", id);
        UriInfo uri = new Answers()
                .on("getBaseUri", a -> URI.create("http://localhost:9080/api/v1/"))
                .on("getPath", a -> path)
                .on("getPathParameters", a -> parameters)
                .as(UriInfo.class);
        SecurityContext security = new Answers()
                .on("getUserPrincipal", a -> (Principal) () -> "alice")
                .as(SecurityContext.class);
        return new Answers()
                .on("getSecurityContext", a -> security)
                .on("getUriInfo", a -> {
                    asked.incrementAndGet();
                    return uri;
                })
                .as(ContainerRequestContext.class);
    }

    private void send(String method, Route route, ContainerRequestContext context) throws Exception {
        edge.send(new FakeRequest(method), new FakeResponse(), (asked, answer) -> {
            route.filter(context);
            new Entered().filter(context);
        });
    }

    @Test
    void routeIsTheTemplateBelowTheApplicationsPathAndLearnedOnce() throws Exception {
        Route route = new Route("/things/{id}", true);
        AtomicInteger asked = new AtomicInteger();
        ContainerRequestContext context = context("/things/7", "7", asked);
        send("GET", route, context);
        send("GET", route, context);
        send("HEAD", route, context);

        assertThat(recorder.observations())
                .extracting(observed -> observed.series().name())
                .containsExactly("GET /api/v1/things/{id}", "GET /api/v1/things/{id}", "HEAD /api/v1/things/{id}");
        assertThat(asked).hasValue(1);
    }

    @Test
    void routeOfALocatedResourceIsInferredFromItsPath() throws Exception {
        Route route = new Route("/end", false);
        send("GET", route, context("things/7/end", "7", new AtomicInteger()));
        send("GET", route, context("things/8/end", "8", new AtomicInteger()));

        assertThat(recorder.observations())
                .extracting(observed -> observed.series().value(1))
                .containsExactly("/api/v1/things/{id}/end", "/api/v1/things/{id}/end");
    }

    @Test
    void whoAskedIsKnownToWhatTheResourceCalls() throws Exception {
        Route route = new Route("/things/{id}", true);
        ContainerRequestContext context = context("/things/7", "7", new AtomicInteger());
        edge.send(new FakeRequest("GET"), new FakeResponse(), (asked, answer) -> {
            route.filter(context);
            new Entered().filter(context);
            recorder.stop(recorder.start(recorder.series(Kind.DB, "select", "things")));
        });

        assertThat(recorder.observations()).extracting(Observation::principal).containsExactly("alice", "alice");
    }

    @Test
    void requestThatIsNotObservedHasNoRoute() {
        AtomicInteger asked = new AtomicInteger();
        new Route("/things/{id}", true).filter(context("/things/7", "7", asked));

        assertThat(asked).hasValue(0);
    }
}
