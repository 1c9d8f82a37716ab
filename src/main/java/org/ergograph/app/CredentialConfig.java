package org.ergograph.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.ergograph.outbound.CredentialSettings;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.ConfigValues;

/** Where the credentials of upstream servers and channels are. */
final class CredentialConfig {
    static final ConfigKey DIRECTORY = new ConfigKey(
            "ergograph.credentials.dir",
            "",
            "a path, or empty",
            "Directory of files that each hold the bearer token of an upstream server whose `credentialRef` is the file's path"
                    + " below it; read anew every few seconds. `ergograph.credential.<credentialRef>` serves where there is no file.");

    private CredentialConfig() {}

    static List<ConfigKey> keys() {
        return List.of(DIRECTORY);
    }

    static CredentialSettings read(ConfigValues values) {
        String directory = values.text(DIRECTORY);
        Config config = ConfigProvider.getConfig();
        Function<String, Optional<String>> configured =
                reference -> config.getOptionalValue("ergograph.credential." + reference, String.class);
        return new CredentialSettings(directory.isEmpty() ? null : Path.of(directory), configured);
    }
}
