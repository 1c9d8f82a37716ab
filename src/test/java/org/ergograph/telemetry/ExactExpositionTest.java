package org.ergograph.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ergograph.observation.Metrics;
import org.junit.jupiter.api.Test;

class ExactExpositionTest {
    private final Instruments instruments = new Instruments(new PublishedMetrics().registry());
    private final ExactExposition exposition = new ExactExposition(instruments);

    @Test
    void ourHistogramsAreExactWhateverTheServerWrote() {
        PublishedDistribution pauses = instruments.distribution(Metrics.GC_PAUSE, List.of("G1"));
        pauses.add(0, 2000, 1_000_000_000);
        pauses.add(1, 1, 5_000_000);
        pauses.add(7, 1, 2_000_000_000);
        instruments.distribution(Metrics.GC_PAUSE, List.of("ZGC")).add(7, 1, 3_000_000_000L);
        String page = """
                # TYPE base_cpu gauge
                base_cpu 1.0
                # TYPE mcp_gc_pause_seconds_mean gauge
                mcp_gc_pause_seconds_mean{collector="G1",mp_scope="application"} 5000000.0
                # TYPE mcp_gc_pause_seconds_max gauge
                # HELP mcp_gc_pause_seconds_max Pauses.
                mcp_gc_pause_seconds_max{collector="G1",mp_scope="application"} 5000000.0
                # HELP mcp_gc_pause_seconds Pauses.
                # TYPE mcp_gc_pause_seconds histogram
                mcp_gc_pause_seconds_bucket{collector="G1",mp_scope="application",le="0.001"} 1027.0
                mcp_gc_pause_seconds_bucket{collector="G1",mp_scope="application",le="+Inf"} 2002.0
                mcp_gc_pause_seconds_count{collector="G1",mp_scope="application"} 2002.0
                mcp_gc_pause_seconds_sum{collector="G1",mp_scope="application"} 3.005
                # TYPE mcp_gc_pauses_total counter
                mcp_gc_pauses_total 4.0
                """;
        assertThat(exposition.corrected(page)).isEqualTo("""
                        # TYPE base_cpu gauge
                        base_cpu 1.0
                        # HELP mcp_gc_pause_seconds Pauses of the garbage collectors.
                        # TYPE mcp_gc_pause_seconds histogram
                        mcp_gc_pause_seconds_bucket{collector="G1",mp_scope="application",le="0.001"} 2000
                        mcp_gc_pause_seconds_bucket{collector="G1",mp_scope="application",le="0.005"} 2001
                        mcp_gc_pause_seconds_bucket{collector="G1",mp_scope="application",le="0.01"} 2001
                        mcp_gc_pause_seconds_bucket{collector="G1",mp_scope="application",le="0.05"} 2001
                        mcp_gc_pause_seconds_bucket{collector="G1",mp_scope="application",le="0.1"} 2001
                        mcp_gc_pause_seconds_bucket{collector="G1",mp_scope="application",le="0.5"} 2001
                        mcp_gc_pause_seconds_bucket{collector="G1",mp_scope="application",le="1.0"} 2001
                        mcp_gc_pause_seconds_bucket{collector="G1",mp_scope="application",le="+Inf"} 2002
                        mcp_gc_pause_seconds_sum{collector="G1",mp_scope="application"} 3.005
                        mcp_gc_pause_seconds_count{collector="G1",mp_scope="application"} 2002
                        mcp_gc_pause_seconds_bucket{collector="ZGC",mp_scope="application",le="0.001"} 0
                        mcp_gc_pause_seconds_bucket{collector="ZGC",mp_scope="application",le="0.005"} 0
                        mcp_gc_pause_seconds_bucket{collector="ZGC",mp_scope="application",le="0.01"} 0
                        mcp_gc_pause_seconds_bucket{collector="ZGC",mp_scope="application",le="0.05"} 0
                        mcp_gc_pause_seconds_bucket{collector="ZGC",mp_scope="application",le="0.1"} 0
                        mcp_gc_pause_seconds_bucket{collector="ZGC",mp_scope="application",le="0.5"} 0
                        mcp_gc_pause_seconds_bucket{collector="ZGC",mp_scope="application",le="1.0"} 0
                        mcp_gc_pause_seconds_bucket{collector="ZGC",mp_scope="application",le="+Inf"} 1
                        mcp_gc_pause_seconds_sum{collector="ZGC",mp_scope="application"} 3.0
                        mcp_gc_pause_seconds_count{collector="ZGC",mp_scope="application"} 1
                        # TYPE mcp_gc_pauses_total counter
                        mcp_gc_pauses_total 4.0
                        """);
    }

    @Test
    void aPageWithoutOurHistogramsStaysAsItIs() {
        instruments.distribution(Metrics.GC_PAUSE, List.of("G1")).add(0, 1, 1);
        String page = "# TYPE base_cpu gauge\nbase_cpu 1.0\n\n";
        assertThat(exposition.corrected(page)).isEqualTo(page);
        assertThat(exposition.corrected("")).isEmpty();
    }
}
