package org.ergograph.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.ergograph.observation.Exposition;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@EnableWeld
class MetricsPageFilterTest {
    @WeldSetup
    WeldInitiator weld = WeldInitiator.of(Appending.class, Holder.class);

    @Dependent
    static class Appending implements Exposition {
        @Override
        public String corrected(String page) {
            return page + "corrig\u00e9";
        }
    }

    @Dependent
    static class Holder {
        private final MetricsPageFilter filter = new MetricsPageFilter();

        @Inject
        void exposition(Instance<Exposition> given) {
            filter.exposition(given);
        }
    }

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private int status = 200;
    private String type = "text/plain;version=0.0.4";
    private int length = -1;

    private HttpServletResponse response() {
        ServletOutputStream output = new ServletOutputStream() {
            @Override
            public void write(int b) {
                sent.write(b);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(@Nullable WriteListener listener) {
                throw new UnsupportedOperationException("setWriteListener");
            }
        };
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getStatus" -> status;
                    case "getContentType" -> type;
                    case "getOutputStream" -> output;
                    case "setContentLength" -> {
                        length = (int) args[0];
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private String answer(FilterChain chain) throws Exception {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, args) -> {
                    throw new UnsupportedOperationException(method.toString());
                });
        weld.select(Holder.class).get().filter.doFilter(request, response(), chain);
        return sent.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aPageInTextIsCorrectedAndItsLengthIsThatOfWhatIsSent() throws Exception {
        String answer = answer((request, response) -> {
            response.setContentLength(2);
            response.getWriter().print("a\n");
            response.flushBuffer();
        });
        assertThat(answer).isEqualTo("a\ncorrig\u00e9");
        assertThat(length).isEqualTo(10);
    }

    @Test
    void aPageWrittenAsBytesIsCorrectedToo() throws Exception {
        assertThat(answer((request, response) ->
                        response.getOutputStream().write("b\n".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("b\ncorrig\u00e9");
    }

    @Test
    void whatIsNoPageOfMetricsStaysAsItIs() throws Exception {
        type = "application/json";
        assertThat(answer((request, response) -> response.getWriter().print("{}")))
                .isEqualTo("{}");
    }

    @Test
    void anAnswerWithoutABodyStaysWithoutOne() throws Exception {
        status = 404;
        assertThat(answer((request, response) -> {})).isEmpty();
        assertThat(length).isEqualTo(-1);
    }
}
