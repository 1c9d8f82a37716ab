package org.ergograph.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdsTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void aTraceparentIsReadAndWrittenBack() {
        String header = "00-" + TRACE + "-00f067aa0ba902b7-01";

        assertThat(TraceIds.isTraceparent(header)).isTrue();
        assertThat(TraceIds.format(TraceIds.high(header), TraceIds.low(header))).isEqualTo(TRACE);
    }

    @Test
    void aLaterVersionMayBeLonger() {
        assertThat(TraceIds.isTraceparent("01-" + TRACE + "-00f067aa0ba902b7-01-more"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"
            })
    void anythingElseIsIgnored(String header) {
        assertThat(TraceIds.isTraceparent(header)).isFalse();
    }

    @Test
    void nothingIsNoTraceparent() {
        assertThat(TraceIds.isTraceparent(null)).isFalse();
    }
}
