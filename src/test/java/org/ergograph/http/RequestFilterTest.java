package org.ergograph.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.MappingMatch;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.Observation;
import org.ergograph.observation.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestFilterTest {
    private final Edge edge = new Edge();
    private final NotingRecorder recorder = edge.recorder;
    private final FakeResponse response = new FakeResponse();

    @Test
    void requestIsTimedAndCarriesItsTime() throws Exception {
        edge.send(new FakeRequest("GET").user("alice"), response, (asked, answer) -> {
            assertThat(edge.edge.activeRequests()).isEqualTo(1);
            recorder.advanceMillis(12);
        });

        Observation observed = recorder.only();
        assertThat(observed.series().values()).containsExactly("GET", "/api/*");
        assertThat(observed.durationNanos()).isEqualTo(12_000_000);
        assertThat(observed.status()).isEqualTo(200);
        assertThat(observed.errorType()).isNull();
        assertThat(observed.principal()).isEqualTo("alice");
        assertThat(response.headers())
                .containsEntry("X-Process-Time", "0.012000")
                .containsEntry("Server-Timing", "app;dur=12.000");
        assertThat(edge.edge.activeRequests()).isZero();
    }

    @Test
    void routeIsTheOneThatTheResourceTold() throws Exception {
        Series series = recorder.series(Kind.HTTP, "GET", "/api/v1/things/{id}");
        edge.send(new FakeRequest("GET"), response, (asked, answer) -> current().route(series));

        assertThat(recorder.only().series()).isSameAs(series);
    }

    @Test
    void traceIsTheOneThatCameIn() throws Exception {
        FakeRequest request =
                new FakeRequest("GET").header("traceparent", "00-0000000000000001000000000000002a-00000000000000ff-01");
        edge.send(
                request,
                response,
                (asked, answer) -> assertThat(recorder.currentTrace()).isEqualTo(42));

        assertThat(recorder.only().traceIdHigh()).isEqualTo(1);
        assertThat(recorder.only().traceIdLow()).isEqualTo(42);
    }

    @Test
    void traceparentThatIsNoneBeginsATrace() throws Exception {
        edge.send(new FakeRequest("GET").header("traceparent", "00-zz"), response, (asked, answer) -> {});

        assertThat(recorder.only().traceIdHigh()).isZero();
        assertThat(recorder.only().traceIdLow()).isNotZero();
    }

    @Test
    void exceptionIs500WithItsTypeAndIsRethrownUnchanged() {
        ServletException thrown = new ServletException(new IllegalStateException("secret"));

        assertThatThrownBy(() -> edge.send(new FakeRequest("GET"), response, (asked, answer) -> {
                    throw thrown;
                }))
                .isSameAs(thrown);

        assertThat(recorder.only().status()).isEqualTo(500);
        assertThat(recorder.only().errorType()).isEqualTo("IllegalStateException");
        assertThat(edge.edge.activeRequests()).isZero();
        assertThat(Current.get()).isNull();
        assertThat(recorder.currentTrace()).isZero();
    }

    @Test
    void fileThatIsNotThereIsNoError() {
        FakeRequest request = new FakeRequest("GET").mapped(MappingMatch.DEFAULT, "/");

        assertThatThrownBy(() -> edge.send(request, response, (asked, answer) -> {
                    throw new ServletException(new FileNotFoundException("none.html"));
                }))
                .isExactlyInstanceOf(ServletException.class);

        assertThat(recorder.only().status()).isEqualTo(404);
        assertThat(recorder.only().errorType()).isNull();
        assertThat(recorder.only().series().value(1)).isEqualTo("unmatched");
    }

    @ParameterizedTest(name = "{0} {1} answered with {2} is {3}, error {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "DEFAULT, /, 200, static, -",
                "DEFAULT, /, 304, static, -",
                "DEFAULT, /, 404, unmatched, -",
                "DEFAULT, /, 403, unmatched, -",
                "CONTEXT_ROOT, '', 200, static, -",
                "PATH, /mcp/*, 200, /mcp/*, -",
                "EXACT, /mcp, 499, /mcp, -",
                "EXACT, /mcp, 500, /mcp, 500",
                "EXACT, /mcp, 404, /mcp, -",
                "EXACT, /mcp, 405, /mcp, -",
                "EXTENSION, *.jsp, 503, /*.jsp, 503",
                "PATH, /api/*, 404, unmatched, -",
                "PATH, /api/*, 405, unmatched, -",
                "PATH, /api/*, 406, unmatched, -",
                "PATH, /api/*, 415, unmatched, -",
                "PATH, /api/*, 400, /api/*, -"
            })
    void endpointWithoutARoute(MappingMatch match, String pattern, int status, String endpoint, String error)
            throws Exception {
        edge.send(new FakeRequest("GET").mapped(match, pattern), response, (asked, answer) -> answer.setStatus(status));

        assertThat(recorder.only().series().value(1)).isEqualTo(endpoint);
        assertThat(recorder.only().status()).isEqualTo(status);
        assertThat(recorder.only().errorType()).isEqualTo(error);
    }

    @Test
    void hundredThousandMethodsMakeOneSeries() throws Exception {
        for (int i = 0; i < 100_000; i++) {
            edge.send(new FakeRequest("M" + i).mapped(MappingMatch.DEFAULT, "/"), response, (asked, answer) -> {});
        }

        Set<List<String>> series = new HashSet<>();
        recorder.observations().forEach(observed -> series.add(observed.series().values()));
        assertThat(series).containsExactly(List.of("_OTHER", "static"));
    }

    @Test
    void errorThatIsSentHasTheTimeToo() throws Exception {
        edge.send(new FakeRequest("GET"), response, (asked, answer) -> {
            recorder.advanceMillis(1);
            answer.sendError(503);
        });

        assertThat(recorder.only().status()).isEqualTo(503);
        assertThat(recorder.only().errorType()).isEqualTo("503");
        assertThat(response.headers()).containsEntry("X-Process-Time", "0.001000");
    }

    @Test
    void announcedLengthIsTheRequestSize() throws Exception {
        edge.send(new FakeRequest("POST").header("Content-Length", "77"), response, (asked, answer) -> {});

        assertThat(recorder.only().requestBytes()).isEqualTo(77);
    }

    @Test
    void chunkedBodyIsCountedAsItIsRead() throws Exception {
        FakeRequest request =
                new FakeRequest("POST").header("Transfer-Encoding", "chunked").body("0123456789");
        edge.send(request, response, (asked, answer) -> asked.getReader().readLine());

        assertThat(recorder.only().requestBytes()).isEqualTo(10);
    }

    @ParameterizedTest(name = "{0} with transfer encoding {1} has {2} bytes")
    @CsvSource(
            nullValues = "-",
            value = {"GET, -, 0", "DELETE, -, 0", "POST, chunked, -1"})
    void bodyThatNobodyReads(String method, String encoding, long bytes) throws Exception {
        FakeRequest request = new FakeRequest(method);
        if (encoding != null) {
            request.header("Transfer-Encoding", encoding);
        }
        edge.send(request, response, (asked, answer) -> {});

        assertThat(recorder.only().requestBytes()).isEqualTo(bytes);
    }

    @Test
    void allocationOfTheRequestIsMeasured() throws Exception {
        byte[][] kept = new byte[1][];
        edge.send(new FakeRequest("GET"), response, (asked, answer) -> kept[0] = new byte[1_000_000]);

        assertThat(kept[0]).hasSize(1_000_000);
        assertThat(recorder.only().allocatedBytes()).isBetween(1_000_000L, 2_000_000L);
    }

    @Test
    void filterThatStandsTwiceCountsOnce() throws Exception {
        edge.send(
                new FakeRequest("GET"),
                response,
                (asked, answer) -> edge.send(new FakeRequest("GET"), new FakeResponse(), (again, later) -> {}));

        assertThat(recorder.observations()).hasSize(1);
    }

    @Test
    void requestPassesStraightThroughWhenRecordingIsOff() throws Exception {
        NotingRecorder off = new NotingRecorder().off();
        new Edge(off).send(new FakeRequest("GET"), response, (asked, answer) -> {
            assertThat(answer).isNotInstanceOf(MeasuredResponse.class);
            answer.getOutputStream().write("hi".getBytes(StandardCharsets.UTF_8));
        });

        assertThat(off.observations()).isEmpty();
        assertThat(response.headers()).isEmpty();
        assertThat(response.body()).isEqualTo("hi");
    }

    @Test
    void brokenRecorderNeverFailsTheRequest() throws Exception {
        recorder.breakDown();
        edge.send(
                new FakeRequest("GET"),
                response,
                (asked, answer) -> answer.getWriter().append("hi").flush());

        assertThat(response.body()).isEqualTo("hi");
        assertThat(edge.edge.activeRequests()).isZero();
    }

    @Test
    void recorderThatBreaksMeanwhileNeverFailsTheRequest() throws IOException, ServletException {
        edge.send(new FakeRequest("GET"), response, (asked, answer) -> recorder.breakDown());

        assertThat(edge.edge.activeRequests()).isZero();
        assertThat(Current.get()).isNull();
    }

    private static Exchange current() {
        Exchange exchange = Current.get();
        if (exchange == null) {
            throw new AssertionError("no exchange");
        }
        return exchange;
    }
}
