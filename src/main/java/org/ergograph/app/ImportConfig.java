package org.ergograph.app;

import java.util.List;
import org.ergograph.database.transfer.ImportSettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** The configuration keys of an import from H2. */
final class ImportConfig {
    static final ConfigKey URL = new ConfigKey(
            "ergograph.import.url",
            "",
            "a JDBC URL of H2, or empty",
            "An H2 database whose whole content is brought into the empty one of `ergograph.db.url` before anything else is done.");
    static final ConfigKey USER =
            new ConfigKey("ergograph.import.user", "ergograph", "text", "Who we are to the database that is imported.");
    static final ConfigKey PASSWORD =
            new ConfigKey("ergograph.import.password", "ergograph", "text", "How we prove it.");

    private ImportConfig() {}

    static List<ConfigKey> keys() {
        return List.of(URL, USER, PASSWORD);
    }

    static ImportSettings read(ConfigValues values) {
        String url = values.text(URL);
        if (!url.isEmpty() && !url.startsWith("jdbc:h2:")) {
            values.fault(URL, url);
        }
        return new ImportSettings(url, values.text(USER), values.text(PASSWORD));
    }
}
