#!/bin/sh
# Makes the captures, key logs and expected rows of this folder anew: nginx, curl, openssl and tcpdump on loopback, with a
# certificate that is thrown away. Only made-up data; needs the right to capture.
#   sh make.sh FOLDER
set -eu
out=$(cd "$1" && pwd -P)
work=$(mktemp -d)
mkdir -p "$work/www" "$work/tmp"
head -c 3000 /dev/zero | tr '\0' 'x' >"$work/www/page"
head -c 700 /dev/zero | tr '\0' 'y' >"$work/body"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=shop.example -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
cat >"$work/nginx.conf" <<CONF
daemon on;
user root;
pid $work/nginx.pid;
error_log $work/error.log;
events {}
http {
  log_format row '\$request_method \$scheme \$http_host \$request_uri \$status \$body_bytes_sent \$content_length';
  access_log $work/access.log row;
  client_body_temp_path $work/tmp; proxy_temp_path $work/tmp; fastcgi_temp_path $work/tmp;
  uwsgi_temp_path $work/tmp; scgi_temp_path $work/tmp;
  ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_ciphers ALL:@SECLEVEL=1; ssl_early_data on;
  root $work/www; types {} default_type text/plain;
  server { listen 127.0.0.1:18443 ssl http2; location /cart { return 201 "added"; } location / { error_page 405 =200 \$uri; } }
  server { listen 127.0.0.1:18080 http2; location /cart { return 201 "added"; } location / { } }
}
CONF
nginx -c "$work/nginx.conf" -e "$work/error.log"
trap 'kill "$(cat "$work/nginx.pid")"; rm -rf "$work"' EXIT

# record NAME COMMAND...: what the command sends, as NAME.pcap, NAME.keys and NAME.rows
record() {
  name=$1; shift
  : >"$work/access.log"; rm -f "$work/keys"; : >"$work/keys"
  tcpdump -i lo -n -U --immediate-mode -w "$work/capture" 'port 18443 or port 18080' 2>"$work/tcpdump.log" &
  dump=$!
  until grep -q 'listening on' "$work/tcpdump.log"; do sleep 0.05; done
  sleep 0.3
  "$@" || echo "$name: status $?"
  sleep 1.2
  kill $dump; wait $dump || true
  cp "$work/capture" "$out/$name.pcap"
  sed 's/ -$/ 0/' "$work/access.log" >"$out/$name.rows"
  if [ -s "$work/keys" ]; then cp "$work/keys" "$out/$name.keys"; fi
}

visit() {
  to='-s -k -o /dev/null --connect-to shop.example:443:127.0.0.1:18443'
  # shellcheck disable=SC2086 # options are words
  SSLKEYLOGFILE=$work/keys timeout 10 curl $to "$@" "$base/page?x=1" --next $to "$@" --data-binary "@$work/body" "$base/cart" \
    --next $to "$@" "$base/missing" --next -I $to "$@" "$base/page"
}
s_client() { timeout 10 openssl s_client -quiet -connect 127.0.0.1:18443 -servername shop.example -keylogfile "$work/keys" "$@" >/dev/null 2>&1; }
get='GET /page HTTP/1.1\r\nHost: shop.example\r\n\r\n'
last='GET /missing HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n'
update_keys() { { printf "$get"; sleep 0.3; printf 'K\n'; sleep 0.3; printf "$last"; sleep 0.3; } | timeout 10 openssl s_client -connect 127.0.0.1:18443 -servername shop.example -keylogfile "$work/keys" -tls1_3 >/dev/null 2>&1; }
mac_inside() { { printf "$get$last"; sleep 0.3; } | s_client -tls1_2 -no_etm -cipher ECDHE-RSA-AES256-SHA384; }
early() {
  printf "$last" >"$work/request"
  { sleep 0.3; } | timeout 10 openssl s_client -connect 127.0.0.1:18443 -servername shop.example -tls1_3 -sess_in "$work/session" \
    -early_data "$work/request" -keylogfile "$work/keys" >/dev/null 2>&1
}

base=https://shop.example
record tls12-aes128-gcm-http1 visit --http1.1 --tls-max 1.2 --ciphers ECDHE-RSA-AES128-GCM-SHA256
record tls12-aes256-gcm-http2 visit --http2 --tls-max 1.2 --ciphers ECDHE-RSA-AES256-GCM-SHA384
record tls12-chacha20-http2 visit --http2 --tls-max 1.2 --ciphers ECDHE-RSA-CHACHA20-POLY1305
record tls12-aes128-cbc-http1 visit --http1.1 --tls-max 1.2 --ciphers ECDHE-RSA-AES128-SHA256
record tls12-aes256-cbc-rsa-http1 visit --http1.1 --tls-max 1.2 --ciphers AES256-SHA
record tls12-cbc-mac-inside-http1 mac_inside
record tls13-aes128-gcm-http1 visit --http1.1 --tls13-ciphers TLS_AES_128_GCM_SHA256
record tls13-aes256-gcm-http2 visit --http2 --tls13-ciphers TLS_AES_256_GCM_SHA384
record tls13-chacha20-http2 visit --http2 --tls13-ciphers TLS_CHACHA20_POLY1305_SHA256
record tls13-key-update-http1 update_keys
record tls12-ccm-http1 visit --http1.1 --tls-max 1.2 --ciphers AES128-CCM
{ printf "$get$last"; sleep 0.3; } | s_client -tls1_3 -sess_out "$work/session" || true
record tls13-early-data-http1 early
{ printf "$last"; sleep 0.3; } | s_client -tls1_3 -sess_out "$work/session13" || true
resumed() { { printf "$get"; sleep 0.1; printf "$last"; sleep 0.3; } | s_client "$1" -sess_in "$2"; }
record tls13-resumed-http1 resumed -tls1_3 "$work/session13"
{ printf "$last"; sleep 0.3; } | s_client -tls1_2 -sess_out "$work/session12" || true
record tls12-resumed-http1 resumed -tls1_2 "$work/session12"
streams() {
  timeout 10 nghttp -n -H ':authority: shop.example' http://127.0.0.1:18080/page http://127.0.0.1:18080/missing http://127.0.0.1:18080/page?x=1
  timeout 10 nghttp -n -H ':authority: shop.example' -H ':method: POST' -d "$work/body" http://127.0.0.1:18080/cart
}
record h2c-prior-knowledge streams
