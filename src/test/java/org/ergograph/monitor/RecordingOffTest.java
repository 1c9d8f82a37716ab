package org.ergograph.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.ergograph.observation.NotingRecorder;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Test;

@EnableWeld
class RecordingOffTest {
    private final NotingRecorder recorder = new NotingRecorder().off();

    @WeldSetup
    WeldInitiator weld = Monitoring.on(recorder);

    @Test
    void callsPassStraightThrough() throws IOException {
        SampleBean bean = weld.select(SampleBean.class).get();

        assertThat(bean.db("ok")).isEqualTo("done");
        assertThat(bean.methodLater()).isSameAs(bean.future());
        assertThat(bean.methodStream()).isSameAs(bean.source());
        assertThat(recorder.observations()).isEmpty();
        assertThat(weld.select(MeasuredSites.class).get().openRuns()).isZero();
    }
}
