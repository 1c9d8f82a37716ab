package org.ergograph.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote into the application. */
final class BuildVersion {
    private BuildVersion() {}

    /** @throws IllegalStateException if the build left no version, or an unfiltered one */
    static String read() {
        Properties properties = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("version", "");
        if (version.isEmpty() || version.contains("$")) {
            throw new IllegalStateException("build.properties holds no version: '" + version + "'");
        }
        return version;
    }
}
