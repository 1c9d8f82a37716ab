package org.ergograph.monitor;

import jakarta.inject.Singleton;
import org.ergograph.observation.NotingRecorder;
import org.ergograph.observation.Recorder;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.junit5.WeldInitiator;

/** The package's beans in a container of their own, on a recorder of the test. */
final class Monitoring {
    private Monitoring() {}

    static WeldInitiator on(NotingRecorder recorder, Class<?>... more) {
        Weld weld = WeldInitiator.createWeld()
                .beanClasses(
                        Work.class,
                        MeasuredSites.class,
                        DbInterceptor.class,
                        WorkflowInterceptor.class,
                        StepInterceptor.class,
                        ToolInterceptor.class,
                        MethodInterceptor.class,
                        SampleBean.class,
                        SampleRepository.class,
                        FakeTransaction.class)
                .addBeanClasses(more);
        return WeldInitiator.from(weld)
                .addBeans(org.jboss.weld.junit.MockBean.<NotingRecorder>builder()
                        .types(NotingRecorder.class, Recorder.class)
                        .scope(Singleton.class)
                        .creating(recorder)
                        .build())
                .build();
    }
}
