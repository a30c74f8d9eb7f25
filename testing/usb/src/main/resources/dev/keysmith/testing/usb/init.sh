#!/bin/sh
# The guest's first process: the host's root, read-only, under a file system in memory.
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
while read -r module; do
  insmod "/modules/$module" || echo "INIT cannot load $module"
done < /modules/list

mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000,cache=loose,ro host /lower || poweroff -f
mount -t tmpfs tmpfs /upper
mkdir /upper/files /upper/work
mount -t overlay -o lowerdir=/lower,upperdir=/upper/files,workdir=/upper/work overlay /root

mkdir -p /root/proc /root/sys /root/dev /root/run /root/shared
mount --move /proc /root/proc
mount --move /sys /root/sys
mount --move /dev /root/dev
mount -t tmpfs tmpfs /root/run
mkdir /root/run/modules
while read -r module; do
  cp "/modules/$module" /root/run/modules/
done < /modules/spare
mkdir -p /root/dev/pts /root/dev/shm
mount -t devpts devpts /root/dev/pts
mount -t tmpfs tmpfs /root/dev/shm
ln -sf /proc/self/fd /root/dev/fd
mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000,cache=none shared /root/shared || poweroff -f

# Java programs look their own name up.
hostname localhost
ifconfig lo 127.0.0.1 up
# 10.0.2.2 is the host's loopback; there is no route to anywhere else.
ifconfig eth0 10.0.2.15 netmask 255.255.255.0 up
exec switch_root /root /usr/bin/python3 -u /shared/agent.py
