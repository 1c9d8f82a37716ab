package org.ergograph.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import org.ergograph.observation.Kind;
import org.ergograph.observation.NotingRecorder;
import org.junit.jupiter.api.Test;

class SiteCacheTest {
    private final NotingRecorder recorder = new NotingRecorder();
    private final AtomicInteger made = new AtomicInteger();
    private final Sites sites = new Sites((bean, method) -> {
        made.incrementAndGet();
        return new Site(method, recorder.series(Kind.METHOD, method.toString()), false, Returns.NOW, null);
    });

    @Test
    void siteIsMadeOnceHoweverManyBeansAndCalls() throws NoSuchMethodException {
        Method first = String.class.getMethod("length");
        Method copy = String.class.getMethod("length");
        for (int bean = 0; bean < 3; bean++) {
            SiteCache cache = new SiteCache(sites);
            Site site = cache.of("x", first);
            assertThat(cache.of("x", first)).isSameAs(site);
            assertThat(cache.of("x", copy)).isSameAs(site);
        }

        assertThat(made).hasValue(1);
    }

    @Test
    void classWithMoreMethodsThanTheChainHoldsIsServed() {
        SiteCache cache = new SiteCache(sites);
        for (int round = 0; round < 2; round++) {
            for (Method method : String.class.getMethods()) {
                assertThat(cache.of("x", method).method()).isEqualTo(method);
            }
        }

        assertThat(made).hasValue(String.class.getMethods().length);
    }

    @Test
    void sameMethodOfAnotherClassIsAnotherSite() throws NoSuchMethodException {
        Method method = Object.class.getMethod("toString");

        assertThat(new SiteCache(sites).of("x", method)).isNotSameAs(new SiteCache(sites).of(1, method));
    }
}
