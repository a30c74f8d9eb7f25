#!/bin/bash
# Prepares what a guest needs: packages, Debian's kernel and a small initial file system.
#
#   prepare.sh DIRECTORY-WITH-init.sh CACHE
#
# Prints the directory that holds `vmlinuz` and `initrd` as its last line. Where that is impossible it
# ends with 77, and the last line says why. Several of these may run at once.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive
scripts=$1
cache=$2

PACKAGES="qemu-system-x86 busybox-static cpio kmod zstd xz-utils
  fido2-tools python3 python3-fido2 gcc libc6-dev libfido2-dev usbip"

# The drivers that the guest loads, with all that they need.
MODULES="virtio_pci 9pnet_virtio 9p overlay virtio_console virtio_net xhci-pci usbhid hid-generic"

# Those that a test loads itself, from /run/modules.
SPARE_MODULES="usbip-core vhci-hcd"

impossible() {
  echo "$1"
  exit 77
}

missing() {
  for package in $PACKAGES; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null | grep -qx installed \
      || echo "$package"
  done
}

apt() {
  apt-get -qq -o DPkg::Lock::Timeout=300 "$@" > apt.log 2>&1
}

# Package lists may be missing or too old for what the mirrors hold.
apt_with_lists() {
  apt "$@" || { apt update && apt "$@"; } || impossible "apt-get $* failed: $(tail -n 3 apt.log)"
}

install_packages() {
  local packages
  packages=$(missing)
  [ -z "$packages" ] && return
  [ "$(id -u)" = 0 ] \
    || impossible "not root, and these packages are not installed: $(echo $packages)"
  # shellcheck disable=SC2086
  apt_with_lists install -y --no-install-recommends $packages
}

kernel_package() {
  apt-cache depends linux-image-amd64 2> /dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1
}

unpack_kernel() {
  apt_with_lists download "$1"
  dpkg-deb --fsys-tarfile "$1"_*.deb | tar -x --wildcards '*boot/vmlinuz*' '*/modules.*' \
    '*/kernel/drivers/usb/*' '*/kernel/drivers/hid/*' '*/kernel/drivers/virtio/*' \
    '*/kernel/drivers/char/virtio_console*' '*/kernel/drivers/net/virtio_net*' \
    '*/kernel/drivers/net/net_failover*' '*/kernel/net/core/*' '*/kernel/net/9p/*' \
    '*/kernel/fs/*' '*/kernel/lib/*'
  [ -d lib ] || ln -s usr/lib lib
}

# The modules and those that they need, in the order in which to load them, not compressed.
copy_modules() {
  local version=$1 list=$2 file name
  shift 2
  for module in "$@"; do
    modprobe -d "$PWD" -S "$version" --show-depends "$module"
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' > order
  while read -r file; do
    name=$(basename "$file")
    case $name in
      *.xz) name=${name%.xz}; xz -dc "$file" > "initrd.d/modules/$name" ;;
      *.zst) name=${name%.zst}; zstd -qdc "$file" > "initrd.d/modules/$name" ;;
      *) cp "$file" initrd.d/modules/ ;;
    esac
    echo "$name" >> "initrd.d/modules/$list"
  done < order
}

build() {
  local package=$1 version=${1#linux-image-}
  unpack_kernel "$package"
  depmod -b "$PWD" "$version"
  mkdir -p initrd.d/{bin,dev,proc,sys,modules,lower,upper,root}
  cp /bin/busybox initrd.d/bin/
  for name in sh mount insmod mkdir switch_root cat echo ln hostname ifconfig poweroff cp; do
    ln -s busybox initrd.d/bin/$name
  done
  # shellcheck disable=SC2086
  copy_modules "$version" list $MODULES
  # shellcheck disable=SC2086
  copy_modules "$version" spare $SPARE_MODULES
  install -m 755 "$scripts/init.sh" initrd.d/init
  (cd initrd.d && find . | cpio -o -H newc --quiet | zstd -q) > initrd
  cp boot/vmlinuz-* vmlinuz
}

[ "$(uname -sm)" = "Linux x86_64" ] || impossible "the guest needs Linux on x86-64, not $(uname -sm)"
grep -qx 'ID=debian' /etc/os-release 2> /dev/null \
  || impossible "the guest is made of Debian's packages, and this system is not Debian"

mkdir -p "$cache" || impossible "the cache directory $cache cannot be made"
exec 9> "$cache/lock"
flock 9
work=$(mktemp -d "$cache/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
# apt downloads as a user of its own.
chmod 755 "$work"

install_packages
package=$(kernel_package)
if [ -z "$package" ]; then
  apt update || true
  package=$(kernel_package)
fi
recipe=$(cat "$scripts/prepare.sh" "$scripts/init.sh" | sha256sum | cut -c 1-12)
if [ -z "$package" ]; then
  # Without a network: the kernel of last time will do.
  image=$(ls -dt "$cache"/*-"$recipe" 2> /dev/null | head -n 1)
  [ -n "$image" ] || impossible "apt knows no package linux-image-amd64"
else
  image=$cache/$package-$recipe
fi
if [ ! -d "$image" ]; then
  build "$package"
  mkdir whole
  mv vmlinuz initrd whole/
  mv whole "$image"
fi
echo "$image"
