package org.ergograph.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TimingTest {
    private final Timing timing = new Timing(Kind.MCP, null, 0, true, false, 1, 2, null);

    @Test
    void whatIsSaidOfASpanIsKeptAndTheLastWordCounts() {
        assertThat(timing.attributes()).isEmpty();
        timing.attribute("gen_ai.tool.name", "one");
        timing.attribute("gen_ai.tool.name", "two");
        assertThat(timing.attributes()).isEqualTo(Map.of("gen_ai.tool.name", "two"));
    }

    @Test
    void whatIsSaidOfASpanIsBounded() {
        for (int i = 0; i < 100; i++) {
            timing.attribute("name" + i, "x".repeat(10_000));
        }
        timing.attribute("name0", "known");
        assertThat(timing.attributes())
                .hasSize(16)
                .containsEntry("name0", "known")
                .containsEntry("name15", "x".repeat(8192));
    }

    @Test
    void theCallersTraceSaysWhetherItIsSampled() {
        assertThat(timing.sampled()).isFalse();
        timing.traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(timing.sampled()).isTrue();
        timing.traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-02");
        assertThat(timing.sampled()).isFalse();
        timing.traceparent(null);
        assertThat(timing.sampled()).isFalse();
    }
}
