package org.ergograph.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.ergograph.observation.NotingRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers have to be there when the container commits the response, and the size has to be right. */
class MeasuredResponseTest {
    private final Edge edge = new Edge();
    private final NotingRecorder recorder = edge.recorder;
    private final FakeResponse response = new FakeResponse();

    private void answer(Edge.Servlet servlet) throws Exception {
        recorder.advanceMillis(3);
        edge.send(new FakeRequest("GET"), response, (asked, answer) -> {
            recorder.advanceMillis(2);
            servlet.service(asked, answer);
            recorder.advanceMillis(5);
        });
        assertThat(recorder.only().durationNanos()).isEqualTo(7_000_000);
    }

    private void hasTimeOf(String seconds) {
        assertThat(response.headers()).containsEntry("X-Process-Time", seconds);
    }

    @Test
    void timeIsThatOfTheWholeRequestWhileTheAnswerWaitsInTheBuffer() throws Exception {
        answer((asked, answer) -> answer.getOutputStream().write(bytes("1234567")));

        hasTimeOf("0.007000");
        assertThat(recorder.only().responseBytes()).isEqualTo(7);
    }

    @Test
    void timeIsThatToTheFlush() throws Exception {
        answer((asked, answer) -> answer.flushBuffer());

        hasTimeOf("0.002000");
    }

    @Test
    void timeIsThatToTheFlushOfTheStream() throws Exception {
        answer((asked, answer) -> answer.getOutputStream().flush());

        hasTimeOf("0.002000");
    }

    @Test
    void timeIsThatToTheCloseOfTheWriter() throws Exception {
        answer((asked, answer) -> answer.getWriter().close());

        hasTimeOf("0.002000");
    }

    @Test
    void timeIsThatToTheByteThatFillsTheBuffer() throws Exception {
        answer((asked, answer) -> {
            answer.getOutputStream().write(bytes("1234"));
            answer.getOutputStream().write(bytes("567890"), 0, 6);
        });

        hasTimeOf("0.002000");
        assertThat(recorder.only().responseBytes()).isEqualTo(10);
    }

    @Test
    void timeIsThatToTheByteThatReachesTheAnnouncedLength() throws Exception {
        answer((asked, answer) -> {
            answer.setContentLength(2);
            answer.getOutputStream().write(bytes("ok"));
        });

        hasTimeOf("0.002000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2; junk", "99999999999999999999"})
    void lengthMayBeAnnouncedAsAHeader(String length) throws Exception {
        edge.send(new FakeRequest("GET"), new FakeResponse(), (asked, answer) -> {
            answer.setHeader("content-length", length);
            answer.getOutputStream().write(bytes("ok"));
        });

        assertThat(recorder.only().responseBytes()).isEqualTo(2);
    }

    @Test
    void textIsCountedAsTheBytesItBecomes() throws Exception {
        answer((asked, answer) -> {
            answer.getWriter()
                    .append("a\u00e4\u20ac")
                    .append('\u20ac')
                    .append("\ud83d\ude00")
                    .printf(Locale.ROOT, "%d", 42)
                    .println(new char[] {'x', '\u00e4'});
            answer.getWriter().flush();
        });

        assertThat(recorder.only().responseBytes()).isEqualTo(response.body().getBytes(StandardCharsets.UTF_8).length);
        assertThat(response.body()).isEqualTo("a\u00e4\u20ac\u20ac\ud83d\ude0042x\u00e4" + System.lineSeparator());
    }

    @Test
    void answerThatIsThrownAwayIsNotCounted() throws Exception {
        answer((asked, answer) -> {
            answer.getOutputStream().write(bytes("1234"));
            answer.reset();
            answer.getOutputStream().write(bytes("12"));
        });

        assertThat(recorder.only().responseBytes()).isEqualTo(2);
        hasTimeOf("0.007000");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
