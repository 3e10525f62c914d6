<?xml version="1.0" encoding="UTF-8"?>
<!-- cXML or TwiML to Plivo XML, as one who knows XSLT writes it for a migration: every attribute that has a counterpart,
     the defaults that differ, and nothing about what is lost. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>
  <xsl:strip-space elements="*"/>

  <xsl:template match="/Response">
    <Response>
      <xsl:apply-templates select="Dial/Conference"/>
    </Response>
  </xsl:template>

  <xsl:template match="Conference">
    <Conference>
      <xsl:copy-of select="@muted"/>
      <xsl:apply-templates select="." mode="beep"/>
      <xsl:copy-of select="@startConferenceOnEnter | @endConferenceOnExit"/>
      <xsl:apply-templates select="@waitUrl | @maxParticipants | @record"/>
      <xsl:copy-of select="../@hangupOnStar"/>
      <xsl:apply-templates select="../@action[. != '']"/>
      <xsl:choose>
        <xsl:when test="@statusCallback != ''">
          <xsl:apply-templates select="@statusCallback | @statusCallbackMethod"/>
        </xsl:when>
        <xsl:when test="@record = 'record-from-start' or @record = 'true'">
          <xsl:apply-templates select="@recordingStatusCallback[. != '']"/>
        </xsl:when>
      </xsl:choose>
      <xsl:value-of select="normalize-space(text())"/>
    </Conference>
  </xsl:template>

  <!-- Plivo plays no tone unless asked to; here one is played both ways unless said otherwise. -->
  <xsl:template match="Conference" mode="beep">
    <xsl:attribute name="enterSound">
      <xsl:if test="not(@beep) or @beep = 'true' or @beep = 'onEnter'">beep:1</xsl:if>
    </xsl:attribute>
    <xsl:attribute name="exitSound">
      <xsl:if test="not(@beep) or @beep = 'true' or @beep = 'onExit'">beep:1</xsl:if>
    </xsl:attribute>
  </xsl:template>

  <xsl:template match="@waitUrl">
    <xsl:attribute name="waitSound"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>

  <xsl:template match="@maxParticipants">
    <xsl:attribute name="maxMembers">
      <xsl:choose>
        <xsl:when test=". &gt; 20">20</xsl:when>
        <xsl:otherwise><xsl:value-of select="number(.)"/></xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
  </xsl:template>

  <xsl:template match="@record">
    <xsl:attribute name="record"><xsl:value-of select=". = 'record-from-start' or . = 'true'"/></xsl:attribute>
  </xsl:template>

  <xsl:template match="@action">
    <xsl:attribute name="action"><xsl:value-of select="."/></xsl:attribute>
    <xsl:copy-of select="../@method"/>
  </xsl:template>

  <xsl:template match="@statusCallback">
    <xsl:attribute name="callbackUrl"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>

  <xsl:template match="@statusCallbackMethod">
    <xsl:attribute name="callbackMethod"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>

  <xsl:template match="@recordingStatusCallback">
    <xsl:attribute name="callbackUrl"><xsl:value-of select="."/></xsl:attribute>
    <xsl:if test="../@recordingStatusCallbackMethod">
      <xsl:attribute name="callbackMethod"><xsl:value-of select="../@recordingStatusCallbackMethod"/></xsl:attribute>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
