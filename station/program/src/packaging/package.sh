#!/bin/sh
# Makes an image that needs no JDK, and from it a Debian package.
# usage: package.sh <java home> <target directory> <version>
set -eu

java_home=$1
target=$2
version=$(echo "$3" | sed 's/-SNAPSHOT/~snapshot/')
here=$(cd "$(dirname "$0")" && pwd)
image=$target/image/keysmith-station

# smartcardio is for the PC/SC transport, naming for certificates, unsupported for plugins' libraries.
modules=java.base,java.logging,java.naming,java.net.http,java.smartcardio,jdk.crypto.ec,jdk.unsupported
# A station waits most of its time: little memory, a quick start, no second compiler.
options="-XX:+UseSerialGC -Xmx64m -Xss512k -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=32m"

rm -rf "$target/image" "$target/deb"
mkdir -p "$target/image"
"$java_home/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
  --compress=2 --add-options="$options" --output "$image/runtime"
cp "$target/keysmith-station.jar" "$image/"
# An archive of the JDK's own classes, for the quick start.
"$image/runtime/bin/java" -Xshare:dump >/dev/null
cp "$here/keysmith-station.sh" "$image/keysmith-station"
chmod 755 "$image/keysmith-station"
tar -C "$target/image" -czf "$target/keysmith-station-image.tar.gz" keysmith-station
echo "Image: $target/keysmith-station-image.tar.gz"

if ! command -v dpkg-deb >/dev/null; then
  echo "No Debian package: dpkg-deb is not installed."
  exit 0
fi
deb=$target/deb
mkdir -p "$deb/DEBIAN" "$deb/usr/bin" "$deb/usr/lib/systemd/system" "$deb/usr/lib/udev/rules.d" \
  "$deb/usr/share/doc/keysmith-station" "$deb/usr/share/polkit-1/rules.d"
cp -r "$image" "$deb/usr/lib/keysmith-station"
ln -s ../lib/keysmith-station/keysmith-station "$deb/usr/bin/keysmith-station"
cp "$here/keysmith-station.service" "$deb/usr/lib/systemd/system/"
cp "$here/keysmith-station.rules" "$deb/usr/share/polkit-1/rules.d/"
cp "$here/../../../README.md" "$deb/usr/share/doc/keysmith-station/"
"$image/keysmith-station" doctor --udev-rules > "$deb/usr/lib/udev/rules.d/70-keysmith.rules"
chmod 644 "$deb/usr/lib/udev/rules.d/70-keysmith.rules"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$(dpkg --print-architecture)/" "$here/control" > "$deb/DEBIAN/control"
for script in postinst prerm postrm; do
  cp "$here/$script" "$deb/DEBIAN/$script"
  chmod 755 "$deb/DEBIAN/$script"
done
dpkg-deb --root-owner-group --build "$deb" "$target/keysmith-station.deb"
