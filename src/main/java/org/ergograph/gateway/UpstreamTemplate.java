package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.ergograph.tool.ResourceTemplate;
import org.ergograph.web.JsonText;

/** A family of resources of an upstream server. */
final class UpstreamTemplate implements ResourceTemplate, Offered {
    private static final Pattern EXPRESSION = Pattern.compile("\\{([+#./;?&]?)([^{}]*)}");

    private final Link link;
    private final JsonObject json;
    private final Router router;
    private final Route route;
    private final Pattern pattern;

    UpstreamTemplate(Link link, JsonObject json, Router router) {
        this.link = link;
        this.json = json;
        this.router = router;
        this.route = router.route(link, Router.READ);
        this.pattern = pattern(original());
    }

    /**
     * What URIs of the template look like. More may fit than the template has: an expression is taken for any text, without a
     * slash where the template escapes slashes.
     */
    static Pattern pattern(String template) {
        StringBuilder regex = new StringBuilder();
        Matcher expressions = EXPRESSION.matcher(template);
        int end = 0;
        while (expressions.find()) {
            regex.append(Pattern.quote(template.substring(end, expressions.start())));
            boolean exploded = expressions.group(2).endsWith("*");
            regex.append(
                    switch (expressions.group(1)) {
                        case "" -> exploded ? ".+" : "[^/?#]+";
                        default -> ".*";
                    });
            end = expressions.end();
        }
        return Pattern.compile(regex + Pattern.quote(template.substring(end)), Pattern.DOTALL);
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public String original() {
        return json.getString("uriTemplate");
    }

    @Override
    public JsonObject json() {
        return json;
    }

    @Override
    public boolean matches(String uri) {
        return pattern.matcher(uri).matches();
    }

    @Override
    public CompletionStage<Answer> read(Call call) {
        return router.call(route, call, JsonText.object().add("uri", call.name()));
    }

    @Override
    public CompletionStage<List<String>> complete(String variable, String typed, Call call) {
        return router.complete(
                link, JsonText.object().add("type", "ref/resource").add("uri", original()), variable, typed, call);
    }
}
