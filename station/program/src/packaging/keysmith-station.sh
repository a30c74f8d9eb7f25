#!/bin/sh
# Starts the program with the Java that came with it; /usr/bin has a link to this file.
here=$(dirname "$(readlink -f "$0")")
# The system's authorities, so that its updates and a company's own count.
authorities=/etc/ssl/certs/ca-certificates.crt
if [ -r "$authorities" ]; then
  exec "$here/runtime/bin/java" -Dkeysmith.station.ca="$authorities" -jar "$here/keysmith-station.jar" "$@"
fi
exec "$here/runtime/bin/java" -jar "$here/keysmith-station.jar" "$@"
