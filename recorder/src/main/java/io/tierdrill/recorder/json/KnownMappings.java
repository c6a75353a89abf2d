package io.tierdrill.recorder.json;

import io.tierdrill.model.config.BadInputException;
import java.util.List;

/**
 * Mappings of logs whose names are well known. Several names for the same thing are all mapped; a line has one of them.
 */
final class KnownMappings {
    /** Names of nginx's variables, as people call the members when they log with {@code escape=json}. */
    private static final String NGINX = "time=time_iso8601,time=time_local,time=msec:s,time=@timestamp,time=timestamp,"
            + "time=time,request=request,method=request_method,path=request_uri,query=args,host=host,host=http_host,"
            + "port=server_port,scheme=scheme,status=status,bytes=body_bytes_sent,bytes=bytes_sent,"
            + "duration=request_time,client=remote_addr,clientport=remote_port,forwarded=http_x_forwarded_for,"
            + "forwarded=x_forwarded_for,connection=connection,user=remote_user,header.Referer=http_referer,"
            + "header.Referer=http_referrer,header.User-Agent=http_user_agent,header.Cookie=http_cookie,"
            + "header.Accept-Language=http_accept_language,header.Accept-Encoding=http_accept_encoding,logged=end";

    private static final String CADDY = "time=ts,method=request.method,path=request.uri,host=request.host,"
            + "client=request.client_ip,client=request.remote_ip,clientport=request.remote_port,"
            + "address=request.remote_addr,headers=request.headers,user=user_id,body=bytes_read,status=status,"
            + "bytes=size,duration=duration,logged=end";

    private static final String TRAEFIK = "time=StartUTC,method=RequestMethod,path=RequestPath,host=RequestHost,"
            + "port=RequestPort,scheme=RequestScheme,client=ClientHost,clientport=ClientPort,user=ClientUsername,"
            + "status=DownstreamStatus,bytes=DownstreamContentSize,body=RequestContentSize,duration=Duration:ns,"
            + "headers=request_*";

    /** What Istio's JSON encoding and Envoy's documentation call the members. */
    private static final String ENVOY = "time=start_time,method=method,path=path,host=authority,scheme=scheme,"
            + "address=downstream_remote_address,forwarded=x_forwarded_for,header.User-Agent=user_agent,"
            + "status=response_code,bytes=bytes_sent,body=bytes_received,duration=duration:ms,"
            + "connection=connection_id";

    private KnownMappings() {}

    static List<JsonFormat> all() {
        return List.of(
                known("caddy", "Caddy's access log", CADDY),
                known("traefik", "Traefik's access log in JSON", TRAEFIK),
                known("envoy", "Envoy's or Istio's access log in JSON, with Istio's names", ENVOY),
                known("nginx", "nginx's JSON with members called like nginx's variables", NGINX));
    }

    private static JsonFormat known(String engine, String description, String mapping) {
        try {
            return new JsonFormat("json-" + engine, description, Mapping.of(mapping));
        } catch (BadInputException ours) {
            throw new IllegalStateException(ours);
        }
    }
}
