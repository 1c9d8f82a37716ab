package org.ergograph.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.ergograph.recorder.ConfigKey;
import org.ergograph.recorder.RecorderConfig;
import org.junit.jupiter.api.Test;

class ConfigFileTest {
    @Test
    void fileHoldsEveryKeyWithItsDefault() throws IOException {
        List<ConfigKey> keys = new ArrayList<>(RecorderConfig.keys());
        keys.addAll(AppConfig.keys());
        Map<String, String> code = new LinkedHashMap<>();
        keys.forEach(key -> code.put(key.name(), key.defaultValue()));
        assertThat(code).hasSameSizeAs(keys);

        Properties file = new Properties();
        try (InputStream in = RecorderConfig.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            file.load(in);
        }
        file.keySet().removeIf(key -> !key.toString().startsWith("ergograph."));
        assertThat(file).containsExactlyInAnyOrderEntriesOf(code);
    }
}
