package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamTemplateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a://x/{id} a://x/1 true",
                "a://x/{id} a://x/1/2 false",
                "a://x/{id} a://x/ false",
                "a://x/{id}/data a://x/7/data true",
                "a://x/{id}/data a://y/7/data false",
                "file:///{path*} file:///a/b/c true",
                "file:///{+path} file:///a/b/c true",
                "a://x{?q,r} a://x?q=1&r=2 true",
                "a://x{?q} a://x true",
                "a://x.y/{id} a://xzy/1 false",
            })
    void uriIsOfTheFamily(String template, String uri, boolean matches) {
        assertThat(UpstreamTemplate.pattern(template).matcher(uri).matches()).isEqualTo(matches);
    }
}
