#!/bin/sh
# Makes build/xunsai_VERSION_ARCHITECTURE.deb from what make has built, without root and
# without touching the system:  deploy/deb/build.sh
# The same sources give the same package, byte by byte.
set -eu
umask 022
cd "$(dirname "$0")/../.."

program=${PROGRAM:-build/xunsai}
web=${WEB:-build/web}
work=build/deb
root=$work/root
share=$root/usr/share/xunsai
documents=$root/usr/share/doc/xunsai

fail() {
    echo "deb: $*" >&2
    exit 1
}

[ -x "$program" ] || fail "$program is missing: run make"
[ -e "$web/index.html" ] || fail "$web is missing: run make"
command -v dpkg-deb dpkg-shlibdeps strip >/dev/null || fail "dpkg-dev or binutils is missing"
version=$("$program" version | sed -n 's/^xunsai //p')
[ -n "$version" ] || fail "$program does not say its version"
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)}
export SOURCE_DATE_EPOCH

# ---- What is installed ----

rm -rf "$work"
mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/lib/systemd/system" "$share/nginx/production" \
    "$share/nginx/nginx.service.d" "$root/etc/xunsai/nginx" "$documents" \
    "$root/usr/share/man/man1" "$work/debian"
cp "$program" "$root/usr/bin/xunsai"
strip --strip-unneeded "$root/usr/bin/xunsai"
cp -R "$web" "$share/web"
rm -f "$share/web/.built"
cp -R courses quizzes "$share/"
cp deploy/systemd/xunsai.service "$root/lib/systemd/system/"
mkdir -p "$share/xunsai.service.d"
cp deploy/systemd/xunsai.service.d/webhooks.conf "$share/xunsai.service.d/"
cp deploy/nginx/xunsai.conf.in deploy/nginx/render.sh "$share/nginx/"
cp deploy/nginx/production/*.conf "$share/nginx/production/"
cp deploy/systemd/nginx.service.d/xunsai.conf "$share/nginx/nginx.service.d/"

# The site's own: listen.conf names addresses and certificates, so it is there to be edited.
cp deploy/nginx/production/*.conf "$root/etc/xunsai/nginx/"
deploy/nginx/render.sh www-data /var/lib/xunsai/xunsai.sock /usr/share/xunsai/web \
    /run/xunsai-nginx /var/log/nginx >"$root/etc/xunsai/nginx/nginx.conf"

cp README.md README.zh-CN.md SECURITY.md ARCHITECTURE.md deploy/deb/README.Debian "$documents/"
cp deploy/deb/copyright "$documents/copyright"
gzip -9n <CHANGELOG.md >"$documents/changelog.gz"
gzip -9n <deploy/deb/xunsai.1 >"$root/usr/share/man/man1/xunsai.1.gz"

find "$root" -type d -exec chmod 755 {} +
find "$root" -type f -exec chmod 644 {} +
chmod 755 "$root/usr/bin/xunsai" "$share/nginx/render.sh"

# ---- What dpkg is told ----

# Which libraries, in which versions: dpkg-shlibdeps wants a debian/control to stand there.
printf 'Source: xunsai\n\nPackage: xunsai\nArchitecture: any\n' >"$work/debian/control"
libraries=$(cd "$work" && dpkg-shlibdeps -O root/usr/bin/xunsai | sed -n 's/^shlibs:Depends=//p')
[ -n "$libraries" ] || fail "dpkg-shlibdeps found no libraries"
installed_kb=$(find "$root" -type f -printf '%s\n' | awk '{ kb += int(($1 + 1023) / 1024) } END { print kb }')
sed -e "s|@VERSION@|$version|" -e "s|@ARCHITECTURE@|$architecture|" -e "s|@LIBRARIES@|$libraries|" \
    -e "s|@INSTALLED_KB@|$installed_kb|" deploy/deb/control.in >"$root/DEBIAN/control"
(cd "$root" && find etc -type f -printf '/%p\n' | LC_ALL=C sort) >"$root/DEBIAN/conffiles"
(cd "$root" && find usr lib -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
cp deploy/deb/postinst deploy/deb/prerm deploy/deb/postrm "$root/DEBIAN/"
chmod 755 "$root/DEBIAN/postinst" "$root/DEBIAN/prerm" "$root/DEBIAN/postrm"

package=build/xunsai_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
rm -rf "$work"
echo "$package ($(($(stat -c %s "$package") / 1024)) KiB)"
