package io.tierdrill.recorder.redact;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.redact.Secrets.Writing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every place of a request that a secret can stand in. */
enum Places {
    // Known by the place or its name: any secret, in the writings that fit there.
    AUTHORIZATION_BEARER(true, "Authorization: Bearer ~", Set.of(Writing.PLAIN)),
    AUTHORIZATION_BASIC(true, "authorization: Basic ~", Set.of(Writing.BASE64)),
    AUTHORIZATION_BARE(true, "AUTHORIZATION: ~", Set.of(Writing.PLAIN, Writing.BASE64)),
    AUTHORIZATION_DIGEST(true, "Authorization: Digest username=\"joe\", response=\"~\"", Set.of(Writing.PLAIN)),
    PROXY_AUTHORIZATION(true, "Proxy-Authorization: Bearer ~", Set.of(Writing.PLAIN)),
    COOKIE(true, "Cookie: theme=dark; sid=~; lang=de", texts()),
    COOKIE_QUOTED(true, "cookie: x=\"~\"", texts()),
    SET_COOKIE(true, "Set-Cookie: id=~; Path=/; HttpOnly", texts()),
    API_KEY_HEADER(true, "X-Api-Key: ~", texts()),
    AUTH_TOKEN_HEADER(true, "X-Auth-Token: ~", texts()),
    AMAZON_TOKEN_HEADER(true, "X-Amz-Security-Token: ~", texts()),
    CSRF_HEADER(true, "X-CSRF-Token: ~", texts()),
    NAMED_HEADER(true, "My-Secret-Thing: ~", texts()),
    CHOSEN_HEADER(true, "X-Chosen: ~", texts()),
    USER_HEADER(true, "X-User: ~", texts()),
    WEBSOCKET_PROTOCOL(true, "Sec-WebSocket-Protocol: v1.x, bearer, ~", Set.of(Writing.PLAIN)),
    WEBSOCKET_JOINED(
            true, "Sec-WebSocket-Protocol: v1.x, base64url.bearer.authorization.k8s.io.~", Set.of(Writing.BASE64_URL)),
    HEADER_PAIR(true, "X-Debug: mode=1 password=~", Set.of(Writing.PLAIN, Writing.PERCENT)),
    QUERY_TOKEN(true, "/a?x=1&token=~&y=2", urls()),
    QUERY_UPPER_NAME(true, "/a?ACCESS_TOKEN=~", urls()),
    QUERY_ENCODED_NAME(true, "/a?acc%65ss%5Ftoken=~", urls()),
    QUERY_TWICE_ENCODED_NAME(true, "/a?api%255Fkey=~&b=1", urls()),
    QUERY_CODE(true, "/callback?code=~", urls()),
    QUERY_STATE(true, "/callback?a=b&state=~", urls()),
    QUERY_SIGNATURE(true, "/o/1?X-Amz-Date=1&X-Amz-Signature=~", urls()),
    QUERY_BRACKETS(true, "/login?user[password]=~", urls()),
    QUERY_JSON(true, "/a?q=%7B%22password%22%3A%22~%22%7D", Set.of(Writing.PLAIN, Writing.PERCENT)),
    QUERY_URL(
            true,
            "/r?to=https%3A%2F%2Fx.example%2F%3Fsecret%3D~%26b%3D1",
            Set.of(Writing.PLAIN, Writing.PERCENT_TWICE)),
    FRAGMENT(true, "/cb#access_token=~&t=1", urls()),
    MATRIX(true, "/shop;jsessionid=~/cart?x=1", urls()),
    REFERER_QUERY(true, "Referer: https://x.example/reset?token=~", urls()),
    REFERER_USERINFO(true, "Referer: https://joe:~@x.example/a", Set.of(Writing.PLAIN, Writing.PERCENT)),
    PATH_USERINFO(true, "/proxy/http://joe:~@x.example/a", Set.of(Writing.PLAIN, Writing.PERCENT)),
    QUERY_USERINFO(true, "/r?to=https%3A%2F%2Fjoe%3A~%40x.example%2F", Set.of(Writing.PLAIN)),
    LOCATION(true, "Location: https://x.example/cb#id_token=~", urls()),
    JSON_FIELD(true, "json: {\"a\": 1, \"password\" : \"~\", \"b\": [true, null]}", jsons()),
    JSON_ESCAPED_NAME(true, "json: {\"pass\\u0077ord\":\"~\"}", jsons()),
    JSON_NESTED(true, "json: {\"user\":{\"deep\":[{\"apiKey\":\"~\"}]}}", jsons()),
    JSON_WITHIN(true, "json: {\"credentials\":{\"user\":\"~\",\"more\":[\"x\"]}}", jsons()),
    JSON_ARRAY(true, "json: [1,{\"tokens\":[\"x\",\"~\"]}]", jsons()),
    FORM(true, "form: user=joe&password=~&x=1", urls()),
    FORM_FIRST(true, "form: secret=~", urls()),
    MULTIPART(true, "multipart: password", Set.of(Writing.PLAIN, Writing.PERCENT, Writing.BASE64)),
    MULTIPART_FILE(true, "file: upload", Set.of(Writing.PLAIN, Writing.BASE64, Writing.UNICODE)),
    UNKNOWN_BODY(true, "binary: <x>~</x>", Set.of(Writing.PLAIN, Writing.BASE64)),
    USER(true, "user: ~", Set.of(Writing.PLAIN)),
    CONNECTION(true, "connection: ~", Set.of(Writing.PLAIN)),
    AUTHORITY(true, "authority: joe:~@x.example:80", Set.of(Writing.PLAIN, Writing.PERCENT)),

    // Known by its looks only.
    PATH(false, "/users/~/orders", urls()),
    PATH_END(false, "/verify/~", urls()),
    PATH_IN_SEGMENT(false, "/u/id=~/x", urls()),
    QUERY_VALUE(false, "/find?q=~&page=2", bases(urls())),
    QUERY_NAME(false, "/find?~=1", urls()),
    QUERY_IN_TEXT(false, "/find?q=hello%20~%20there", urls()),
    REFERER(false, "Referer: https://x.example/find?q=~", bases(urls())),
    USER_AGENT(false, "User-Agent: crawler/1.0 (+~)", Set.of(Writing.PLAIN, Writing.ENTITY)),
    OTHER_HEADER(
            false,
            "X-Note: for ~, again",
            Set.of(Writing.PLAIN, Writing.PERCENT, Writing.UNICODE, Writing.ENTITY, Writing.BASE64)),
    JSON_VALUE(false, "json: {\"note\":\"hello ~\"}", jsons()),
    JSON_NAME(false, "json: {\"~\":1}", jsons()),
    JSON_LIST(false, "json: [\"~\"]", bases(jsons())),
    FORM_VALUE(false, "form: note=~&a=b", bases(urls())),
    MULTIPART_VALUE(false, "multipart: note", Set.of(Writing.PLAIN, Writing.PERCENT, Writing.BASE64)),
    TEXT_BODY(false, "text: dear ~, hello", Set.of(Writing.PLAIN, Writing.PERCENT, Writing.UNICODE, Writing.BASE64)),
    CLIENT(false, "client: ~", Set.of(Writing.PLAIN));

    /** Whether any value is a secret here. */
    final boolean any;

    final Set<Writing> writings;
    private final String form;

    Places(boolean any, String form, Set<Writing> writings) {
        this.any = any;
        this.form = form;
        this.writings = writings;
    }

    private static Set<Writing> urls() {
        return EnumSet.of(Writing.PERCENT, Writing.PERCENT_ALL, Writing.PERCENT_TWICE, Writing.PLUS);
    }

    private static Set<Writing> texts() {
        return EnumSet.of(Writing.PLAIN, Writing.PERCENT, Writing.BASE64, Writing.UPPER, Writing.LOWER);
    }

    private static Set<Writing> jsons() {
        return EnumSet.of(Writing.PLAIN, Writing.UNICODE, Writing.PERCENT);
    }

    private static Set<Writing> bases(Set<Writing> others) {
        Set<Writing> all = EnumSet.copyOf(others);
        all.addAll(Set.of(Writing.BASE64, Writing.BASE64_URL));
        return all;
    }

    /** An ordinary request with this in its place. */
    RequestRecord with(String written) {
        String text = form.replace("~", written);
        String value = text.substring(text.indexOf(": ") + 2);
        if (form.startsWith("/")) return request("", "", "", "shop.example", text, List.of(), Body.none());
        String what = form.substring(0, form.indexOf(": "));
        return switch (what) {
            case "user" -> request("", "", value, "shop.example", "/a", List.of(), Body.none());
            case "client" -> request(value, "", "", "shop.example", "/a", List.of(), Body.none());
            case "connection" -> request("", value, "", "shop.example", "/a", List.of(), Body.none());
            case "authority" -> request("", "", "", value, "/a", List.of(), Body.none());
            case "json" -> body("application/json; charset=utf-8", value);
            case "form" -> body("application/x-www-form-urlencoded", value);
            case "text" -> body("text/plain", value);
            case "binary" -> body("application/soap+xml", value);
            case "multipart" -> body("multipart/form-data; boundary=xYz", part("name=\"" + value + "\"", written));
            case "file" ->
                body("multipart/form-data; boundary=\"xYz\"", part("name=\"upload\"; filename=\"a.txt\"", written));
            default -> request("", "", "", "shop.example", "/a", List.of(new Header(what, value)), Body.none());
        };
    }

    private static String part(String disposition, String content) {
        return "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xYz\r\nContent-Disposition: form-data; "
                + disposition + "\r\n\r\n" + content + "\r\n--xYz--\r\n";
    }

    private static RequestRecord body(String type, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        List<Header> headers =
                List.of(new Header("Content-Type", type), new Header("Content-Length", "" + bytes.length));
        return request("", "", "", "shop.example", "/a", headers, Body.of(bytes));
    }

    private static RequestRecord request(
            String client,
            String connection,
            String user,
            String authority,
            String path,
            List<Header> more,
            Body body) {
        List<Header> headers = new ArrayList<>(more);
        headers.add(new Header("Accept", "*/*"));
        return new RequestRecord(
                1,
                client.isEmpty() ? "198.51.100.7" : client,
                connection,
                user,
                "https",
                "POST",
                authority,
                path,
                headers,
                body,
                Optional.of(new RequestRecord.Response(200, Optional.of(12L), Optional.of(5L))));
    }
}
