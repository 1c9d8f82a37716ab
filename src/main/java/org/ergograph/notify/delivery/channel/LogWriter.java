package org.ergograph.notify.delivery.channel;

/** Writes a line to the server's log for each alert. */
final class LogWriter {
    private static final System.Logger LOG = System.getLogger("org.ergograph.alerts");
    private static final int MAX_LINE = 2000;

    private LogWriter() {}

    static Delivered write(Message message) {
        for (AlertMessage alert : message.alerts()) {
            String note = message.note().isEmpty() ? "" : " (" + message.note() + ")";
            String line = alert.title() + ": " + alert.text() + " [" + alert.alertId() + "] "
                    + String.join(
                            ", ",
                            Texts.facts(alert).entrySet().stream()
                                    .map(fact -> fact.getKey() + " " + fact.getValue())
                                    .toList())
                    + note;
            LOG.log(level(alert), "{0}", Texts.line(line, MAX_LINE));
        }
        return new Delivered.Sent("written to the log");
    }

    private static System.Logger.Level level(AlertMessage alert) {
        if (alert.resolved()) {
            return System.Logger.Level.INFO;
        }
        return switch (alert.severity()) {
            case INFO -> System.Logger.Level.INFO;
            case WARNING -> System.Logger.Level.WARNING;
            case CRITICAL, EMERGENCY -> System.Logger.Level.ERROR;
        };
    }
}
