package org.ergograph.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.ObservationSettings;

/** The filter on a recorder of the test. */
final class Edge {
    final NotingRecorder recorder;
    final HttpEdge edge;
    private final RequestFilter filter = new RequestFilter();

    /** What an application does with a request. */
    interface Servlet {
        void service(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    Edge() {
        this(new NotingRecorder());
    }

    Edge(NotingRecorder recorder) {
        this.recorder = recorder;
        this.edge = new HttpEdge(recorder, recorder, ObservationSettings.defaults());
        filter.edge(edge);
    }

    void send(FakeRequest request, FakeResponse response, Servlet servlet) throws IOException, ServletException {
        FilterChain chain =
                (asked, answer) -> servlet.service((HttpServletRequest) asked, (HttpServletResponse) answer);
        filter.doFilter(request.asRequest(), response.asResponse(), chain);
    }
}
