package org.ergograph.system;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Listens for the pauses of the garbage collectors, in which every thread of the application stands still. Has to be closed:
 * the collectors outlive the application, and would keep it from being unloaded.
 */
final class GcPauses implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(GcPauses.class.getName());

    private final Map<NotificationEmitter, NotificationListener> listeners = new LinkedHashMap<>();

    /** @param histogram what takes the seconds of a collector's pauses, by the collector's name */
    GcPauses(Function<String, DoubleConsumer> histogram) {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter && mayPause(collector.getName())) {
                DoubleConsumer seconds = histogram.apply(collector.getName());
                NotificationListener listener = (notification, handback) -> {
                    if (notification.getUserData() instanceof CompositeData data
                            && GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(
                                    notification.getType())) {
                        GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
                        if (isPause(info.getGcName(), info.getGcAction())) {
                            seconds.accept(info.getGcInfo().getDuration() / 1e3);
                        }
                    }
                };
                emitter.addNotificationListener(listener, null, null);
                listeners.put(emitter, listener);
            }
        }
    }

    /**
     * Whether any of what this collector tells may be a pause. ZGC and Shenandoah tell their concurrent cycles under names
     * that end in "Cycles", and Azul's GPGC under names that do not end in "Pauses".
     */
    static boolean mayPause(String collector) {
        return !collector.endsWith("Cycles") && (!collector.startsWith("GPGC") || collector.endsWith("Pauses"));
    }

    /** Whether this notification tells of a pause, and not of work beside the application's. */
    static boolean isPause(String collector, String action) {
        return mayPause(collector) && !action.equals("end of GC cycle");
    }

    @Override
    public void close() {
        listeners.forEach((emitter, listener) -> {
            try {
                emitter.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                LOG.log(System.Logger.Level.WARNING, "a collector had lost its listener", e);
            }
        });
        listeners.clear();
    }
}
